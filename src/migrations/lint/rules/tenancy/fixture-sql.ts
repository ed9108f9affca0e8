/** Two tenant tables and one of the control plane, as earlier steps made them. */
export const tenantsBefore = `
  CREATE TABLE tenants (id uuid PRIMARY KEY, name text NOT NULL);
  CREATE TABLE quotes (tenant_id uuid NOT NULL, id uuid NOT NULL, number text, note text, PRIMARY KEY (tenant_id, id));
  CREATE TABLE comments (tenant_id uuid NOT NULL, id uuid NOT NULL, quote_id uuid, PRIMARY KEY (tenant_id, id));`;

const own = 'tenant_id = current_tenant_id()';
export const floor = (table: string) =>
  `CREATE POLICY ${table}_floor ON ${table} AS RESTRICTIVE FOR ALL TO rowhouse_app USING (${own}) WITH CHECK (${own});`;
export const ownPolicy = (table: string) =>
  `CREATE POLICY ${table}_tenant ON ${table} AS PERMISSIVE FOR ALL TO rowhouse_app USING (${own}) WITH CHECK (${own});`;
export const wall = (table: string) =>
  `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY; ${floor(table)} ${ownPolicy(table)}`;
export const newTenantTable = (table: string, more = '') =>
  `CREATE TABLE ${table} (tenant_id uuid NOT NULL, id uuid NOT NULL, note text${more}, CONSTRAINT ${table}_pkey PRIMARY KEY (tenant_id, id));`;
