import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TABLES_IN_SNAPSHOT = 60;
const firstWhen = Date.parse('2026-01-01T00:00:00Z');

/** A folder as a project of some years has it: tables, columns, indexes, functions, backfills; sound but for the sums. */
export async function writeSteps(folder: string, count: number): Promise<{ bytes: number }> {
  await mkdir(join(folder, 'meta'), { recursive: true });
  let bytes = 0;
  const write = (name: string, text: string) => {
    bytes += Buffer.byteLength(text);
    return writeFile(join(folder, name), text);
  };
  const entries = Array.from({ length: count }, (_, idx) => ({
    idx,
    version: '7',
    when: firstWhen + idx * 3_600_000,
    tag: `${String(idx).padStart(4, '0')}_step`,
    breakpoints: true,
  }));
  await write('meta/_journal.json', JSON.stringify({ version: '7', dialect: 'postgresql', entries }));
  for (const { idx, tag } of entries) {
    await write(`${tag}.sql`, kinds[idx % kinds.length]?.(idx) ?? '');
    await write(`meta/${tag.slice(0, 4)}_snapshot.json`, JSON.stringify(snapshot(idx), undefined, 2));
  }
  return { bytes };
}

const kinds: ((idx: number) => string)[] = [
  (idx) => `CREATE TABLE "table_${idx}" (
	"tenant_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"name" text NOT NULL,
	"total" numeric(12, 2) DEFAULT '0' NOT NULL,
	"created_at" timestamp(3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "table_${idx}_pkey" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE INDEX "table_${idx}_name" ON "table_${idx}" USING btree ("tenant_id","name");--> statement-breakpoint
ALTER TABLE "table_${idx}" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "table_${idx}" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "table_${idx}_floor" ON "table_${idx}" AS RESTRICTIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
CREATE POLICY "table_${idx}_tenant" ON "table_${idx}" AS PERMISSIVE FOR ALL TO rowhouse_app USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id());--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE ("id", "name", "total", "created_at") ON "table_${idx}" TO rowhouse_app;
`,
  (idx) => `ALTER TABLE "table_${idx - 1}" ADD COLUMN "note" text;\n`,
  (idx) => `-- rowhouse:no-transaction
CREATE INDEX CONCURRENTLY "table_${idx - 2}_note" ON "table_${idx - 2}" ("tenant_id", "note");\n`,
  (
    idx,
  ) => `CREATE FUNCTION notify_${idx}() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.name IS NOT NULL THEN
    PERFORM pg_catalog.pg_notify('changed', OLD.id::text || chr(10) || OLD.name);
  END IF;
  RETURN NULL;
END
$$;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'table_${idx - 3}_changed') THEN
    CREATE TRIGGER "table_${idx - 3}_changed" AFTER UPDATE ON "table_${idx - 3}" FOR EACH ROW EXECUTE FUNCTION notify_${idx}();
  END IF;
END $$;
`,
  (idx) => `-- rowhouse:data
UPDATE "table_${idx - 4}" SET note = 'unknown' WHERE note IS NULL;\n`,
];

function snapshot(idx: number) {
  const tables = Array.from(
    { length: Math.min(TABLES_IN_SNAPSHOT, Math.ceil((idx + 1) / kinds.length)) },
    (_, at) => table(`table_${at * kinds.length}`),
  );
  const id = (at: number) => `00000000-0000-0000-0000-${String(at + 1).padStart(12, '0')}`;
  return {
    id: id(idx),
    prevId: idx === 0 ? '00000000-0000-0000-0000-000000000000' : id(idx - 1),
    version: '7',
    dialect: 'postgresql',
    tables: Object.fromEntries(tables.map((each) => [`public.${each.name}`, each])),
    enums: {},
    schemas: {},
  };
}

function table(name: string) {
  const column = (each: string, type: string) => ({ name: each, type, primaryKey: false, notNull: true });
  const columns = [
    column('tenant_id', 'uuid'),
    column('id', 'uuid'),
    column('name', 'text'),
    column('total', 'numeric(12, 2)'),
    column('created_at', 'timestamp(3) with time zone'),
    column('note', 'text'),
  ];
  return {
    name,
    schema: '',
    columns: Object.fromEntries(columns.map((each) => [each.name, each])),
    indexes: {},
    foreignKeys: {},
    compositePrimaryKeys: { [`${name}_pkey`]: { name: `${name}_pkey`, columns: ['tenant_id', 'id'] } },
    uniqueConstraints: {},
    checkConstraints: {},
    policies: {},
    isRLSEnabled: false,
  };
}
