/**
 * The admin's URL with another login: same host, port, database and parameters. By its text, since `URL` cannot set the
 * user of a URL without a host (a Unix socket).
 */
export const urlOfLogin = (adminUrl: string, user: string, password: string): string =>
  adminUrl.replace(
    /^(postgres(?:ql)?:\/\/)(?:[^/?]*@)?/,
    (_, scheme: string) => `${scheme}${user}:${password}@`,
  );
