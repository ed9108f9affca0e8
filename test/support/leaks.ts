/** A credential in a log: what kind, and in which line. */
export interface Leak {
  kind: string;
  line: string;
}

/** Written down a second time on purpose, apart from what the logger cuts out: one mistake must not hide the other. */
const LOOKS = [
  { kind: 'an API key', pattern: /rh_[0-9a-f]{20}_[0-9a-f]{64}/ },
  { kind: 'an invitation token', pattern: /inv_[A-Za-z0-9_-]{32}/ },
  { kind: 'a JWT', pattern: /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/ },
  { kind: 'a password in a URL', pattern: /[a-z]:\/\/[^\s:/@"]+:(?!\[redacted\]|password@)[^\s@"]+@/ },
  { kind: 'an Authorization header', pattern: /[Bb]earer [A-Za-z0-9._~+/=-]{16}/ },
];

/** The lines that hold something that looks like a credential, or one of the `known` ones; of API keys their secret part. */
export function findLeaks(lines: string[], known: string[]): Leak[] {
  const secrets = known.filter((text) => text !== '').map((text) => /[0-9a-f]{64}$/.exec(text)?.[0] ?? text);
  return lines.flatMap((line) => {
    const look = LOOKS.find(({ pattern }) => pattern.test(line));
    if (look) return [{ kind: look.kind, line }];
    return secrets.some((secret) => line.includes(secret)) ? [{ kind: 'a known secret', line }] : [];
  });
}
