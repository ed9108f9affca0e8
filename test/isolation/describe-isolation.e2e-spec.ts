import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/database/index.js';
import { describeIsolation } from '../../src/testing/index.js';
import {
  type IsolatedPlace,
  type IsolatedTable,
  openPlace,
} from '../../src/testing/isolation/isolated-place.js';
import { isolationRules } from '../../src/testing/isolation/rules.js';
import { installNotes } from '../notes/install-notes.js';
import * as schema from '../notes/notes.schema.js';

const { comments, notes } = schema;
const prepare: NonNullable<IsolatedTable['prepare']> = (database) =>
  installNotes((text) => database.query(text));

const ofNotes = { table: notes, schema, prepare, row: () => ({ title: newId() }) };
const ofComments: IsolatedTable<typeof comments> = {
  table: comments,
  schema,
  prepare,
  row: async ({ db, tenantId }) => {
    const noteId = newId();
    await db.insert(notes).values({ tenantId, id: noteId, title: noteId });
    return { noteId, text: 'hello' };
  },
};

describeIsolation(ofNotes);
describeIsolation(ofComments);

describe('the matrix of describeIsolation', () => {
  let place: IsolatedPlace;
  beforeAll(async () => {
    place = await openPlace(ofComments);
  });
  afterAll(() => place.close());

  const broken: [string, string, string, string[]][] = [
    [
      'row security that is off',
      'ALTER TABLE comments DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE comments ENABLE ROW LEVEL SECURITY',
      ['every wall', 'pushes', 'its own rows', 'by its id', 'change', 'takes no row', 'without a tenant'],
    ],
    [
      'a policy that is true for reading',
      'CREATE POLICY leak ON comments FOR SELECT TO rowhouse_app USING (true); DROP POLICY comments_floor ON comments',
      `DROP POLICY leak ON comments;
       CREATE POLICY comments_floor ON comments AS RESTRICTIVE FOR ALL TO rowhouse_app
         USING (tenant_id = current_tenant_id()) WITH CHECK (tenant_id = current_tenant_id())`,
      ['every wall', 'pushes', 'its own rows', 'by its id'],
    ],
    [
      'a grant to the control plane',
      'GRANT SELECT ON comments TO rowhouse_control; CREATE POLICY open ON comments FOR SELECT TO rowhouse_control USING (true)',
      'REVOKE SELECT ON comments FROM rowhouse_control; DROP POLICY open ON comments',
      ['control plane'],
    ],
    [
      'a reference that does not name the tenant',
      `CREATE UNIQUE INDEX notes_alone ON notes (id);
       ALTER TABLE comments DROP CONSTRAINT comments_note_fkey,
         ADD CONSTRAINT comments_note_fkey FOREIGN KEY (note_id) REFERENCES notes (id)`,
      `DELETE FROM comments WHERE NOT EXISTS (SELECT FROM notes WHERE (tenant_id, id) = (comments.tenant_id, note_id));
       ALTER TABLE comments DROP CONSTRAINT comments_note_fkey,
         ADD CONSTRAINT comments_note_fkey FOREIGN KEY (tenant_id, note_id) REFERENCES notes (tenant_id, id) ON DELETE CASCADE;
       DROP INDEX notes_alone`,
      ['every wall', 'refers to no row'],
    ],
  ];
  it.each(broken)('sees %s', async (_, sql, mend, expected) => {
    await place.database.query(sql);
    const seen: string[] = [];
    // Not those that would leave a hole for the next: the row that is gone, the row that was added.
    for (const rule of isolationRules.slice(0, -1).filter(({ title }) => !title.includes('delete')))
      if ((await rule.faults(place)).length > 0) seen.push(rule.title);
    await place.database.query(mend);
    for (const words of expected) expect(seen).toContainEqual(expect.stringContaining(words));
  });

  it('says where it could not try a reference', async () => {
    const { owner } = place;
    const unreferred = { ...place, owner: { ...owner, row: { ...owner.row, noteId: null } } };
    const rule = isolationRules.find(({ title }) => title.startsWith('refers'))!;
    expect(await rule.faults(unreferred)).toEqual([
      'row() leaves the reference to notes empty, so that nothing of it could be tried',
    ]);
  });
});
