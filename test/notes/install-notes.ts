import { securityBlock } from '../../src/database/index.js';

const FIELDS = `tenant_id uuid NOT NULL REFERENCES tenants (id), id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(), updated_at timestamptz(3) NOT NULL DEFAULT now(), deleted_at timestamptz(3)`;

const TABLES = `
  CREATE TABLE notes (${FIELDS}, title text NOT NULL, body text NOT NULL DEFAULT '', rank int NOT NULL DEFAULT 0,
    is_done boolean NOT NULL DEFAULT false, metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT notes_metadata_clean CHECK (metadata_is_clean(metadata)), PRIMARY KEY (tenant_id, id));
  CREATE UNIQUE INDEX notes_title ON notes (tenant_id, title) WHERE deleted_at IS NULL;
  CREATE TABLE comments (${FIELDS}, note_id uuid NOT NULL, text text NOT NULL, PRIMARY KEY (tenant_id, id),
    CONSTRAINT comments_note_fkey FOREIGN KEY (tenant_id, note_id) REFERENCES notes (tenant_id, id) ON DELETE CASCADE);
  ALTER TABLE notes OWNER TO rowhouse_owner;
  ALTER TABLE comments OWNER TO rowhouse_owner`;

const STAMPS = ['id', 'created_at', 'updated_at', 'deleted_at'];

/** Makes the tables of `notes.schema.ts`, with the walls that `db:generate` would write. `query` runs as an administrator. */
export async function installNotes(query: (text: string) => Promise<unknown>): Promise<void> {
  await query(TABLES);
  const walls = [
    ...securityBlock('notes', [...STAMPS, 'title', 'body', 'rank', 'is_done', 'metadata']),
    ...securityBlock('comments', [...STAMPS, 'note_id', 'text']),
  ];
  await query(walls.join(';\n'));
}
