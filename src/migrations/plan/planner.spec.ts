import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FolderContent, SqlFile } from '../folder/folder-content.js';
import { sumsOf } from '../folder/sums.js';
import type { LedgerRow, LedgerState } from '../ledger/ledger.js';
import type { Ledgers } from '../ledger/read-ledgers.js';
import { plan, type PlannedStep } from './planner.js';
import { statusOf } from './step-status.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const sqlFile = (tag: string, text: string): SqlFile => ({
  name: `${tag}.sql`,
  text,
  sha256: sha256(text),
  drizzleHash: sha256(text),
  hasCarriageReturns: false,
});

interface Step {
  tag: string;
  text: string;
  when: number;
}

function folderOf(steps: Step[]): FolderContent {
  const folder: FolderContent = {
    path: '/steps',
    journal: steps.map(({ tag, when }, idx) => ({ idx, when, tag, breakpoints: true })),
    files: new Map(steps.map(({ tag, text }) => [`${tag}.sql`, sqlFile(tag, text)])),
    snapshots: [],
    sums: undefined,
    settings: {},
  };
  return { ...folder, sums: sumsOf(folder) };
}

const row = ({ tag, text }: Step, state: LedgerState, done = 1): LedgerRow => ({
  tag,
  sha256: sha256(text),
  contentSha256: null,
  state,
  statementsTotal: text.split(';').length,
  statementsDone: done,
  statementDigests:
    state === 'running' || state === 'failed' ? text.split(';').slice(0, done).map(sha256) : [],
  startedAt: new Date(0),
  finishedAt: null,
  durationMs: null,
  appliedBy: 'rowhouse_migrator',
  toolVersion: 'test',
  serverVersion: '18',
  confirmation: null,
});

const ledgersOf = (applied: Step[], more: LedgerRow[] = []): Ledgers => ({
  own: [...applied.map((step) => row(step, 'applied')), ...more],
  drizzle: applied.map(({ text, when }) => ({ hash: sha256(text), createdAt: when })),
});

const options = { digestsOf: ({ text }: SqlFile) => text.split(';').map(sha256) };
const tagsOf = (steps: PlannedStep[]) => steps.map(({ tag }) => tag);

/** Steps with `when` in any order: what counts is the place in the journal. */
const stepsArbitrary = fc
  .uniqueArray(fc.record({ text: fc.stringMatching(/^[a-z]{1,8}(;[a-z]{1,8}){0,4}$/), when: fc.nat() }), {
    minLength: 1,
    maxLength: 12,
    selector: ({ when }) => when,
  })
  .map((parts) =>
    parts.map((part, n): Step => ({
      ...part,
      text: `${n}${part.text}`,
      tag: `${String(n).padStart(4, '0')}_s`,
    })),
  );
const withCut = stepsArbitrary.chain((steps) => fc.tuple(fc.constant(steps), fc.nat(steps.length)));
const withIndex = stepsArbitrary.chain((steps) => fc.tuple(fc.constant(steps), fc.nat(steps.length - 1)));

describe('the plan', () => {
  it('is what the journal has and the ledger has not, in the journal’s order', () =>
    fc.assert(
      fc.property(withCut, ([steps, cut]) => {
        const decision = plan(folderOf(steps), ledgersOf(steps.slice(0, cut)), options);
        expect(decision.kind === 'run' && tagsOf(decision.steps)).toEqual(
          steps.slice(cut).map(({ tag }) => tag),
        );
      }),
    ));

  it('is empty once it was carried out', () =>
    fc.assert(
      fc.property(withCut, ([steps, cut]) => {
        const folder = folderOf(steps);
        const decision = plan(folder, ledgersOf(steps.slice(0, cut)), options);
        const applied = decision.kind === 'run' ? tagsOf(decision.steps) : [];
        const after = [...steps.slice(0, cut), ...steps.filter(({ tag }) => applied.includes(tag))];
        expect(plan(folder, ledgersOf(after), options)).toEqual({ kind: 'run', steps: [] });
      }),
    ));

  it('refuses any edit of any applied file', () =>
    fc.assert(
      fc.property(withIndex, fc.stringMatching(/^[ -~]{1,5}$/), ([steps, index], edit) => {
        const edited = steps.map((step, n) => (n === index ? { ...step, text: step.text + edit } : step));
        const decision = plan(folderOf(edited), ledgersOf(steps), options);
        expect(decision).toMatchObject({
          kind: 'refused',
          problems: [{ kind: 'edited', tag: steps[index]?.tag, remedy: expect.any(String) }],
        });
      }),
    ));

  it('never skips a step that was merged late: it is run, or told', () =>
    fc.assert(
      fc.property(withIndex, fc.nat({ max: 3_000 }), ([steps, index], when) => {
        const late: Step = { tag: 'late', text: 'late', when };
        const folder = folderOf([...steps.slice(0, index), late, ...steps.slice(index)]);
        expect(plan(folder, ledgersOf(steps), options)).toMatchObject({
          kind: 'refused',
          problems: [{ kind: 'out of order', tag: 'late' }],
        });
        const forced = plan(folder, ledgersOf(steps), { ...options, allowOutOfOrder: true });
        expect(forced.kind === 'run' && tagsOf(forced.steps)).toEqual(['late']);
        const last = plan(folderOf([...steps, late]), ledgersOf(steps), options);
        expect(last.kind === 'run' && tagsOf(last.steps)).toEqual(['late']);
      }),
    ));

  it('refuses where a file, or a line of the journal, is missing', () =>
    fc.assert(
      fc.property(withIndex, fc.boolean(), ([steps, index], isApplied) => {
        const folder = folderOf(steps);
        const tag = steps[index]?.tag ?? '';
        const ledgers = ledgersOf(isApplied ? steps : steps.slice(0, index));
        const without = { ...folder, sums: undefined, files: new Map(folder.files) };
        without.files.delete(`${tag}.sql`);
        expect(plan(without, ledgers, options)).toMatchObject({
          kind: 'refused',
          problems: [{ kind: 'missing', tag }],
        });
        const unlisted = {
          ...folder,
          sums: undefined,
          journal: folder.journal?.filter((entry) => entry.tag !== tag),
        };
        const decision = plan(unlisted, ledgers, options);
        expect(decision.kind === 'refused' && decision.problems.map(({ kind }) => kind)).toContain('orphan');
        expect(
          decision.kind === 'refused' && decision.problems.map(({ kind }) => kind).includes('unknown'),
        ).toBe(isApplied);
      }),
    ));

  it('resumes behind what is done, and only if that is still what the file says', () =>
    fc.assert(
      fc.property(withIndex, fc.nat(4), fc.nat(4), ([steps, index], doneAt, editAt) => {
        const step = steps[index];
        if (!step) return;
        const statements = step.text.split(';');
        const done = doneAt % statements.length;
        const ledgers = ledgersOf(steps.slice(0, index), [row(step, 'running', done)]);
        const resumed = plan(folderOf(steps), ledgers, options);
        expect(resumed.kind === 'run' && resumed.steps[0]).toMatchObject({
          tag: step.tag,
          resumeAt: done + 1,
        });
        const edit = editAt % statements.length;
        const text = statements.map((statement, n) => (n === edit ? `${statement}!` : statement)).join(';');
        const folder = folderOf(steps.map((other) => (other === step ? { ...step, text } : other)));
        expect(plan(folder, ledgers, options).kind).toBe(edit < done ? 'refused' : 'run');
      }),
    ));

  it('tells every file that disagrees with meta/_sum', () =>
    fc.assert(
      fc.property(withIndex, ([steps, index]) => {
        const { sums } = folderOf(steps);
        const edited = folderOf(
          steps.map((step, n) => (n === index ? { ...step, text: `${step.text}x` } : step)),
        );
        const decision = plan({ ...edited, sums }, ledgersOf(steps.slice(0, index)), options);
        expect(decision).toMatchObject({
          kind: 'refused',
          problems: [{ kind: 'sums', file: `${steps[index]?.tag}.sql` }],
        });
      }),
    ));

  it('says of every step of the code and of the database exactly one thing', () => {
    const stateArbitrary = fc.constantFrom<LedgerState | 'none'>(
      'none',
      'running',
      'applied',
      'failed',
      'rolled_back',
      'baseline',
    );
    fc.assert(
      fc.property(
        stepsArbitrary,
        fc.array(stateArbitrary, { minLength: 12, maxLength: 12 }),
        (steps, states) => {
          const rows = steps.flatMap((step, n) => {
            const state = states[n] ?? 'none';
            return state === 'none' ? [] : [row(step, state)];
          });
          const tags = statusOf(folderOf(steps), { own: rows, drizzle: [] }).map(({ tag }) => tag);
          expect(tags).toEqual(steps.map(({ tag }) => tag));
        },
      ),
    );
  });

  describe('of ledgers', () => {
    const steps: Step[] = [
      { tag: '0000_a', text: 'a', when: 1 },
      { tag: '0001_b', text: 'b', when: 2 },
    ];
    const [a, b] = steps as [Step, Step];
    const statesOf = (ledgers: Ledgers) =>
      statusOf(folderOf(steps), ledgers).map(({ tag, state }) => [tag, state]);

    it('a database that only drizzle migrated is told once, and not step by step', () => {
      const { drizzle } = ledgersOf([a]);
      expect(plan(folderOf(steps), { own: undefined, drizzle }, options)).toMatchObject({
        kind: 'refused',
        problems: [{ kind: 'not adopted' }],
      });
    });

    it('a step that drizzle applied beside us is unrecorded', () => {
      const { drizzle } = ledgersOf(steps);
      expect(statesOf({ own: [row(a, 'applied')], drizzle })).toEqual([
        ['0000_a', 'applied'],
        ['0001_b', 'unrecorded'],
      ]);
    });

    it('a row of drizzle’s that fits nothing is a step of newer code', () => {
      const { own, drizzle } = ledgersOf(steps);
      const foreign = { hash: 'f'.repeat(64), createdAt: 3 };
      expect(statesOf({ own, drizzle: [...drizzle, foreign] }).at(-1)).toEqual([
        `drizzle's ffffffff`,
        'unknown',
      ]);
    });

    it('a step that was rolled back is run again, one that failed as well', () => {
      for (const state of ['rolled_back', 'failed'] as const) {
        const decision = plan(folderOf(steps), ledgersOf([a], [row(b, state, 0)]), options);
        expect(decision.kind === 'run' && tagsOf(decision.steps)).toEqual(['0001_b']);
      }
    });

    it('a step of newer code that failed or was rolled back is of no concern', () => {
      const newer = { tag: '0002_c', text: 'c', when: 3 };
      for (const state of ['rolled_back', 'failed'] as const)
        expect(plan(folderOf(steps), ledgersOf(steps, [row(newer, state, 0)]), options)).toEqual({
          kind: 'run',
          steps: [],
        });
    });
  });
});
