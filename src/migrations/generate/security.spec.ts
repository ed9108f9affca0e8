import { describe, expect, it } from '@jest/globals';
import { securityBlock } from '../../database/index.js';
import { securityOf as securityWith } from './security.js';

const table = (name: string, ...columns: string[]) => ({
  [`public.${name}`]: {
    name,
    columns: Object.fromEntries(columns.map((column) => [column, { name: column }])),
    compositePrimaryKeys: primaryKey(name, columns),
  },
});
const primaryKey = (name: string, columns: string[]): Record<string, { name: string; columns: string[] }> =>
  columns[0] === 'tenant_id' ? { [`${name}_pkey`]: { name: `${name}_pkey`, columns } } : {};
const snapshot = (...tables: ReturnType<typeof table>[]) => ({
  tables: Object.assign({}, ...tables) as ReturnType<typeof table>,
});

type Snapshots = Parameters<typeof securityWith>;
const securityOf = (before: Snapshots[0], after: Snapshots[1]) => securityWith(before, after, securityBlock);

describe('securityOf', () => {
  const empty = snapshot();

  it('builds the wall of a new tenant table', () => {
    const after = snapshot(table('notes', 'tenant_id', 'id', 'title'));
    expect(securityOf(empty, after)).toEqual(securityBlock('notes', ['tenant_id', 'id', 'title']));
  });

  it('builds it too where a table becomes a tenant table', () => {
    const after = snapshot(table('notes', 'tenant_id', 'id'));
    expect(securityOf(snapshot(table('notes', 'id')), after)).toEqual(
      securityBlock('notes', ['tenant_id', 'id']),
    );
  });

  it('lets a new column of a known tenant table be changed', () => {
    const before = snapshot(table('notes', 'tenant_id', 'id'));
    const after = snapshot(table('notes', 'tenant_id', 'id', 'title', 'body'));
    expect(securityOf(before, after)).toEqual(['GRANT UPDATE ("title", "body") ON "notes" TO rowhouse_app']);
  });

  it("leaves the control plane's tables alone, which may name a tenant too", () => {
    expect(securityOf(empty, snapshot(table('tenant_domains', 'id', 'tenant_id')))).toEqual([]);
  });

  it('leaves other tables alone', () => {
    const before = snapshot(table('notes', 'tenant_id', 'id'), table('plans', 'id'));
    expect(
      securityOf(
        before,
        snapshot(table('notes', 'tenant_id', 'id'), table('plans', 'id', 'name'), table('regions', 'id')),
      ),
    ).toEqual([]);
  });
});
