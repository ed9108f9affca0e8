import { beforeAll, expect, it } from '@jest/globals';
import { migrationsFolder } from '../../../src/migrations/folder/migrations-folder.js';
import { readFolder } from '../../../src/migrations/folder/read-folder.js';
import { lintFolder } from '../../../src/migrations/lint/engine.js';
import { allRules } from '../../../src/migrations/lint/rules/index.js';
import { loadParser } from '../../../src/migrations/sql/parser.js';

beforeAll(loadParser);

it('finds in the steps this service began with what is known of them, and nothing more of walls and locks', async () => {
  const folder = await readFolder(migrationsFolder());
  const first = (folder.journal ?? []).filter(({ idx }) => idx <= 1);
  const findings = lintFolder({ ...folder, journal: first, settings: {} }, allRules, {
    now: new Date(),
  }).filter(({ tag }) => tag !== undefined);
  const groupOf = (id: string) => allRules.find((rule) => rule.id === id)?.group;
  expect(findings.filter(({ severity }) => severity === 'critical')).toEqual([]);
  expect(findings.filter(({ rule }) => groupOf(rule) === 'tenancy').map(({ object }) => object)).toEqual([
    // A key's public id is looked up before its tenant is known.
    'api_keys.api_keys_public_id',
  ]);
  const locking = findings.filter(({ rule, severity }) => groupOf(rule) === 'locks' && severity === 'error');
  expect(locking.map(({ rule, object }) => `${rule} ${object}`)).toEqual([
    'index-not-concurrent audit_log_actor',
    'index-not-concurrent audit_log_entity',
  ]);
});
