import { EmbeddedServer } from '../src/local/embedded-server.js';

const PASSWORD = 'bench-only'; // a throw-away server on 127.0.0.1, or one that BENCH_DATABASE_URL lends

/** The passwords of all logins. */
export const PASSWORDS = { migrator: PASSWORD, app: PASSWORD, control: PASSWORD };

export interface BenchServer {
  port: number;
  /** A superuser's URL of one of its databases. */
  adminUrl(database?: string): string;
  /** Of a login of `database`, through `port`, which may be a proxy's. */
  loginUrl(login: keyof typeof PASSWORDS, database: string, port?: number): string;
  stop(): Promise<void>;
}

/** The server of BENCH_DATABASE_URL (a superuser's), which must be on 127.0.0.1, else an embedded one with fsync. */
export async function startServer(settings: Record<string, string | number> = {}): Promise<BenchServer> {
  const given = process.env['BENCH_DATABASE_URL'];
  const server = given === undefined ? await startEmbedded(settings) : undefined;
  const adminUrl = new URL(given ?? server!.adminUrl());
  if (adminUrl.hostname !== '127.0.0.1') throw new Error('BENCH_DATABASE_URL must be on 127.0.0.1');
  const port = Number(adminUrl.port || 5432);
  return {
    port,
    adminUrl: (database) => (database === undefined ? adminUrl.href : new URL(`/${database}`, adminUrl).href),
    loginUrl: (login, database, at = port) =>
      `postgres://rowhouse_${login}:${PASSWORDS[login]}@127.0.0.1:${at}/${database}`,
    stop: async () => server?.stop(),
  };
}

const startEmbedded = (settings: Record<string, string | number>) =>
  EmbeddedServer.start({
    dataDir: '.rowhouse/bench-server/postgres',
    superuserPassword: PASSWORD,
    durable: true,
    settings,
    onStep: (text) => console.log(`- ${text}`),
  });
