import type { CatalogueRule } from '../rule.js';

export const rowSecurityRules: CatalogueRule[] = [
  {
    id: 'A05',
    severity: 'blocking',
    title: 'Row security is on wherever the service has a privilege',
    why: 'Without it, the service reads and writes the rows of all tenants.',
    query: `
      SELECT name, 'has no row security, and rowhouse_app has privileges on it',
             format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name)
      FROM relation WHERE relkind IN ('r', 'p') AND granted AND NOT relrowsecurity`,
  },
  {
    id: 'A06',
    severity: 'blocking',
    title: 'Row security binds the owner too',
    why: 'Views and SECURITY DEFINER functions of the owner would show the rows of all tenants.',
    query: `
      SELECT name, 'has ENABLE without FORCE ROW LEVEL SECURITY',
             format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name)
      FROM tenant_table WHERE relrowsecurity AND NOT relforcerowsecurity`,
  },
  {
    id: 'A16',
    severity: 'blocking',
    title:
      'Partitions and children of tenant tables are reached through their parent only, and have row security',
    why: "A query that names the partition meets the partition's policies, not the parent's.",
    query: `
      SELECT r.name,
             CASE WHEN r.granted THEN 'is a partition or child of ' || t.name || ' and granted to rowhouse_app'
                  ELSE 'is a partition or child of ' || t.name || ' without row security' END,
             CASE WHEN r.granted THEN format('REVOKE ALL ON %s FROM PUBLIC, rowhouse_app', r.name)
                  ELSE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', r.name) END
      FROM (WITH RECURSIVE descendant AS (
              SELECT child.oid, t.name FROM child JOIN tenant_table t ON t.oid = child.parent
              UNION SELECT child.oid, d.name FROM child JOIN descendant d ON d.oid = child.parent)
            SELECT * FROM descendant) t
      JOIN relation r ON r.oid = t.oid
      WHERE r.granted OR NOT r.relrowsecurity OR NOT r.relforcerowsecurity`,
  },
];
