import type { CatalogueRule } from '../rule.js';

const NUMBER = `COALESCE($3::int, current_setting('server_version_num')::int)`;
const VERSION = `(SELECT num / 10000 AS major, num % 10000 AS minor FROM (SELECT ${NUMBER} AS num) AS n) AS server`;

export const serverRules: CatalogueRule[] = [
  {
    id: 'A01',
    severity: 'blocking',
    title: 'The server is of a major version that Rowhouse is tried on',
    why: 'Nobody has tried the walls there: privileges and the catalogue differ between major versions.',
    query: `
      SELECT 'the server', format('is PostgreSQL %s.%s; 15, 16, 17 and 18 are supported', major, minor),
             'upgrade the server, or Rowhouse'
      FROM ${VERSION} WHERE major NOT BETWEEN 15 AND 18`,
  },
  {
    id: 'A01',
    severity: 'warning',
    title: 'The server has the fix for stale plans under row security',
    why: 'Before it a plan could keep the policies of the role that made it (CVE-2026-14666). No connection of Rowhouse changes its role, which is what it takes.',
    query: `
      SELECT 'the server', format('is PostgreSQL %1$s.%2$s, older than %1$s.%3$s', major, minor, fixed),
             format('install PostgreSQL %s.%s or newer', major, fixed)
      FROM ${VERSION} JOIN (VALUES (15, 19), (16, 15), (17, 11), (18, 6)) AS fix (major, fixed) USING (major)
      WHERE minor < fixed`,
  },
];
