import type { RuleText } from '../rule.js';

const directive = (id: string, title: string, why: string, rewrite: string): RuleText => ({
  id,
  group: 'directives',
  severity: 'error',
  title,
  why,
  rewrite,
});

/** What can be wrong with a `-- rowhouse:` comment. The engine tells them; they cannot be allowed. */
export const directiveTexts = {
  unknown: directive(
    'unknown-directive',
    'A comment speaks to Rowhouse with a word that it does not know',
    'A mistyped directive would have no effect and nobody would notice. Known are no-transaction, data, assert-empty, expanded-by, irreversible, confirm and allow.',
    `-- rowhouse:allow not-null-without-default reason="the table is empty everywhere"
ALTER TABLE orders ADD COLUMN note text NOT NULL;`,
  ),
  malformed: directive(
    'malformed-directive',
    'A directive lacks a word, has one too many, or an option that it does not take',
    'What a directive says must be complete, or it would be read differently than it was meant.',
    `-- rowhouse:assert-empty public.drafts
-- rowhouse:expanded-by 0004_add_note`,
  ),
  reason: directive(
    'directive-without-reason',
    'An exception is made without a reason',
    'An exception outlives the memory of who made it. The reason is what the next reader has, and the ledger keeps it.',
    `-- rowhouse:allow not-null-without-default reason="the table is empty everywhere"
ALTER TABLE orders ADD COLUMN note text NOT NULL;`,
  ),
  rule: directive(
    'directive-unknown-rule',
    'An exception names a rule that does not exist',
    'It would have no effect, and whoever wrote it believes that it has.',
    `-- rowhouse:allow not-null-without-default reason="the table is empty everywhere"
ALTER TABLE orders ADD COLUMN note text NOT NULL;`,
  ),
  until: directive(
    'directive-expired',
    'An exception is past its date, or its date cannot be read',
    'The date was set because the exception was meant to end. The last day is included, in UTC. A step that is merged is not edited: write the date only where the step may still be changed.',
    `-- rowhouse:allow not-null-without-default reason="the table is empty until the launch" until=2999-12-31
ALTER TABLE orders ADD COLUMN note text NOT NULL;`,
  ),
  unused: directive(
    'unused-directive',
    'An exception covers nothing',
    'The statement was mended or moved and the exception stayed: it would silence the next fault. It speaks of the statement below it only, and a comment at the end of a line belongs to the next statement.',
    `-- rowhouse:allow not-null-without-default reason="the table is empty everywhere"
ALTER TABLE orders ADD COLUMN note text NOT NULL;`,
  ),
  wrongKey: directive(
    'directive-wrong-key',
    'allow is used for what destroys, or confirm for what does not',
    'What destroys data or a wall takes two keys: a confirm that names rule and object in the file, and --confirm when it runs. All else takes an allow.',
    `-- rowhouse:confirm drop-table public.drafts reason="exported on 2026-11-02, nobody reads it"
DROP TABLE drafts;`,
  ),
} as const satisfies Record<string, RuleText>;
