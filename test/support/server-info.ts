/** What the global setup tells the suites, through the environment of their processes. */
export interface ServerInfo {
  adminUrl: string;
  /** The migrated database that suites are cloned from. */
  template: string;
  passwords: { migrator: string; app: string; control: string };
}

/** The URL of a database of the server, for its administrator or one of the three logins. */
export function urlOf(info: ServerInfo, database: string, login?: keyof ServerInfo['passwords']): string {
  const url = new URL(info.adminUrl);
  url.pathname = `/${database}`;
  if (login) {
    url.username = `rowhouse_${login}`;
    url.password = info.passwords[login];
  }
  return url.href;
}
