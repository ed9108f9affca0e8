import { randomBytes } from 'node:crypto';
import { readIfExists, replaceFile } from './local-file.js';

/** The passwords of the embedded server's superuser and of the three logins. */
export interface LocalSecrets {
  superuser: string;
  migrator: string;
  app: string;
  control: string;
}

/** Random, made once, readable by the owner of the folder only. */
export async function readOrMakeSecrets(file: string): Promise<LocalSecrets> {
  const known = await readIfExists(file);
  if (known !== undefined) return JSON.parse(known) as LocalSecrets;
  const secrets = { superuser: password(), migrator: password(), app: password(), control: password() };
  await replaceFile(file, JSON.stringify(secrets, null, 2));
  return secrets;
}

const password = () => randomBytes(24).toString('base64url');
