import { badUsage } from './ending.js';

/** Where the server is, and who asks. */
export interface Connection {
  /** Without a slash at the end. */
  url: string;
  apiKey: string;
}

/**
 * From `ROWHOUSE_URL` and `ROWHOUSE_API_KEY`. The key is no option of a command: every user of a machine can read the
 * options of its processes. No message repeats either value, since one may hold the other by mistake.
 */
export function readConnection(environment: NodeJS.ProcessEnv = process.env): Connection {
  const { ROWHOUSE_URL: url = '', ROWHOUSE_API_KEY: apiKey = '' } = environment;
  const problems: string[] = [];
  if (!isAddress(url.trim()))
    problems.push(
      'ROWHOUSE_URL must be the address of the server, as https://rowhouse.example.com, without a password.',
    );
  if (!/^[\x21-\x7e]+$/.test(apiKey.trim()))
    problems.push('ROWHOUSE_API_KEY must be an API key with the scopes contracts:read and contracts:write.');
  if (problems.length > 0) throw badUsage(problems.join('\n'));
  return { url: url.trim().replace(/\/+(v1\/*)?$/, ''), apiKey: apiKey.trim() };
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url) return false;
  const { protocol, username, password, search, hash } = url;
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}
