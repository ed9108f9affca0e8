import type { RunQuery } from '../run-query.js';
import { type Catalog, type CatalogObject, keyOf } from './catalog.js';
import { columns } from './queries/columns.js';
import { constraints } from './queries/constraints.js';
import { functions } from './queries/functions.js';
import { grants } from './queries/grants.js';
import { indexes } from './queries/indexes.js';
import { others } from './queries/others.js';
import { policies } from './queries/policies.js';
import { relations } from './queries/relations.js';
import { scope } from './queries/scope.js';
import { triggers } from './queries/triggers.js';
import { types } from './queries/types.js';

const parts = [
  relations,
  columns,
  constraints,
  indexes,
  policies,
  triggers,
  functions,
  types,
  grants,
  others,
];

// One statement, so that all of it is read at the same moment.
const everything = `${scope}
SELECT kind, parent, name, jsonb_strip_nulls(facts) AS facts FROM (
${parts.join('\nUNION ALL\n')}
) AS catalog`;

/**
 * Everything that migrations make in the database of `query`; the ledgers, PostgreSQL's own schemas and what belongs to
 * an extension are left out. Any login may ask. The words are the same on PostgreSQL 15 to 18, but
 * for the definitions of views: 15 puts the table before each column.
 * @param query one connection's own, outside a transaction: a pool would run the parts on several.
 */
export async function readCatalog(query: RunQuery): Promise<Catalog> {
  await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await readCatalogInside(query);
  } finally {
    await query('COMMIT').catch(() => undefined);
  }
}

/** The same inside the caller's transaction, with what that has done so far. It leaves `search_path` changed. */
export async function readCatalogInside(query: RunQuery): Promise<Catalog> {
  // Names are printed with their schema unless that is in the search path, whatever it is on this server.
  await query('SET LOCAL search_path = pg_catalog');
  const { rows } = await query(everything);
  return (rows as unknown as (CatalogObject & { parent: string | null })[])
    .map(({ kind, parent, name, facts }) => ({ kind, ...(parent ? { parent } : {}), name, facts }))
    .toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
