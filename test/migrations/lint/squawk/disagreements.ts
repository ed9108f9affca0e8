/** Where only one of the two finds something, and why that is right; steps as `<our rule> / <fixture>`. */
export const disagreements: { only: 'squawk' | 'ours'; reason: string; steps: string[] }[] = [
  {
    only: 'ours',
    reason: 'squawk does not look into DO blocks',
    steps: [
      'drop-table / looks into DO blocks and their branches',
      'truncate-table / also in a DO block',
      'rename-column / finds it in a DO block, in a view, and with IF EXISTS',
      'not-null-without-default / finds it in a DO block, with IF NOT EXISTS, and as a primary key',
    ],
  },
  {
    only: 'ours',
    reason: 'squawk knows CASCADE only at TRUNCATE, and TRUNCATE only with CASCADE',
    steps: [
      'drop-cascade / finds DROP TABLE quotes CASCADE',
      'drop-cascade / finds it at columns and constraints',
      "drop-cascade / is quiet with the object's confirm",
      'truncate-table / finds each table',
    ],
  },
  {
    only: 'ours',
    reason: 'squawk has no rule for it',
    steps: [
      'concurrently-on-new-table / names the table',
      'drop-database / finds all that a role owns',
      'rename-table / knows that another schema is another name',
    ],
  },
  {
    only: 'squawk',
    reason: 'the step itself creates the table or the column, so that nothing is lost and nobody waits',
    steps: [
      'drop-table / leaves alone CREATE TABLE t (id int); DROP TABLE t',
      'drop-column / leaves alone ALTER TABLE quotes ADD COLUMN fresh int; ALTER TABLE quotes DROP COLUMN fresh',
      'narrow-type / leaves a new table alone',
      'rename-column / leaves alone a new table, constraints and indexes',
      'not-null-without-default / leaves alone new tables, and columns that give a value themselves',
    ],
  },
  {
    only: 'squawk',
    reason: 'a view keeps the old name for the code that is still running',
    steps: ['rename-table / leaves alone a new table, and one whose old name stays as a view'],
  },
];
