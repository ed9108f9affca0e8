const ownRows = 'USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id())';

/**
 * The row security of one tenant table, as the migration that creates the table must carry it.
 * UPDATE is granted column by column without `tenant_id`, so that no row can be handed to another tenant.
 */
export function securityBlock(table: string, columns: string[]): string[] {
  const updatable = columns.filter((column) => column !== 'tenant_id').map((column) => `"${column}"`);
  return [
    `ALTER TABLE "${table}" ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY`,
    `CREATE POLICY "${table}_floor" ON "${table}" AS RESTRICTIVE FOR ALL TO rowhouse_app ${ownRows}`,
    `CREATE POLICY "${table}_tenant" ON "${table}" AS PERMISSIVE FOR ALL TO rowhouse_app ${ownRows}`,
    `GRANT SELECT, INSERT, DELETE, UPDATE (${updatable.join(', ')}) ON "${table}" TO rowhouse_app`,
  ];
}
