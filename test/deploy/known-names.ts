import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import { program } from '../../src/cli/index.js';
import { renderEnvExample } from '../../src/config/index.js';
import { root } from './manifests.js';

/** Read by the commands, and not by the configuration of the service. */
const KNOWN_BESIDE = ['ADMIN_DATABASE_URL'];
const variables = new Set([...renderEnvExample().matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name));
const commands = new Set(program.commands.map((command) => command.name()));

/** Those that nothing in Rowhouse reads. */
export const unknownOf = (names: string[]): string[] =>
  names.filter((name) => !variables.has(name) && !KNOWN_BESIDE.includes(name));

/** Each `dist/x.js` of a command line, and the words after it. */
export function programsIn(command: readonly string[]): { script: string; args: string[] }[] {
  const words = command.flatMap((word) => word.split(/[\s;]+/));
  return words.flatMap((script, at) =>
    script.startsWith('dist/') ? [{ script, args: words.slice(at + 1) }] : [],
  );
}

/** Fails where a command line names a program or a command that there is not. */
export function expectToExist(command: readonly string[]): void {
  for (const { script, args } of programsIn(command)) {
    expect(existsSync(root + script.replace('dist/', 'src/').replace('.js', '.ts'))).toBe(true);
    if (script === 'dist/cli.js') expect(commands).toContain(args[0]);
  }
}
