import { readFolder } from '../folder/read-folder.js';
import { loadParser } from '../sql/parser.js';
import { type RenameAnswers, decideRenames } from './decide-renames.js';
import { type WholeSnapshot, differences } from './differences.js';
import { type SchemaKit, loadKit, withoutExit } from './kit.js';
import { type PossibleRename, renameStatement, reversed } from './renames.js';
import { refuseMergedEdits, renewSums } from './renew-sums.js';
import { type PlannedStep, safeSteps } from './safe-steps.js';
import { securityOf } from './security.js';
import { checkedName, nameOfChange } from './step-name.js';
import { lastState } from './usable-folder.js';
import { type StepText, type WrittenStep, writeSteps } from './write-steps.js';

export interface GenerateOptions extends RenameAnswers {
  /** After the number; without one it says what changed. */
  name?: string;
  /** An empty step for hand-written SQL instead. */
  isCustom?: boolean;
}

/**
 * Writes what `schema` (the exports of the schema files) has beyond the last step, as one to three steps with a
 * `.down.sql` each, and renews `meta/_sum` in any case.
 * @returns the steps; none where nothing changed.
 * @throws MigrationError (INTEGRITY) where the folder is not sound, (USAGE) where only a person could tell what was renamed.
 */
export async function generateSteps(
  path: string,
  schema: Record<string, unknown>,
  { name, isCustom = false, ...answers }: GenerateOptions = {},
): Promise<WrittenStep[]> {
  await loadParser();
  const now = new Date();
  const folder = await readFolder(path);
  const last = lastState(folder, now);
  await refuseMergedEdits(folder);
  const texts = isCustom
    ? [customStep(checkedName(name ?? 'custom'), last.snapshot)]
    : await changes(loadKit(), last.snapshot, schema, name, answers);
  const written = texts.length > 0 ? await writeSteps(path, last, texts, now) : [];
  await renewSums(path);
  return written;
}

/**
 * The statements that `db:generate` would write; none: the steps say what the schema says. Asks nobody: what may be a
 * rename counts as dropped and created.
 * @throws MigrationError (INTEGRITY) where the folder has no last snapshot to compare with.
 */
export async function schemaDrift(path: string, schema: Record<string, unknown>): Promise<string[]> {
  const kit = loadKit();
  const { snapshot } = lastState(await readFolder(path), new Date());
  return differences(kit, snapshot, await snapshotOf(kit, schema));
}

async function changes(
  kit: SchemaKit,
  before: WholeSnapshot,
  schema: Record<string, unknown>,
  name: string | undefined,
  answers: RenameAnswers,
): Promise<StepText[]> {
  const after = await snapshotOf(kit, schema);
  const { renames, renamed } = await decideRenames(before, after, answers);
  const statements = [...renames.map(renameStatement), ...(await differences(kit, renamed, after))];
  const stem = checkedName(name ?? nameOfChange(before, after));
  const texts: StepText[] = [];
  // Not at the top: Jest's globalSetup loads this room with Node's type stripping, and the other is full of decorators.
  const { securityBlock } = await import('../../database/schema.js');
  const security = (from: WholeSnapshot, to: WholeSnapshot) => securityOf(from, to, securityBlock);
  let previous = renamed;
  for (const step of safeSteps(statements, renamed, after)) {
    texts.push({
      name: `${stem}${step.suffix}`,
      sql: sqlOf(step, security(previous, step.after)),
      down: await downOf(
        kit,
        step,
        previous,
        step.suffix === '' ? renames : [],
        security(step.after, previous),
      ),
      after: step.after,
    });
    previous = step.after;
  }
  return texts;
}

/** drizzle-kit's snapshot of what the schema files declare, as it is written to `meta/`. */
export const schemaSnapshot = (schema: Record<string, unknown>): Promise<WholeSnapshot> =>
  snapshotOf(loadKit(), schema);

/** What `schema` declares, as drizzle-kit notes it. */
export async function snapshotOf(kit: SchemaKit, schema: Record<string, unknown>): Promise<WholeSnapshot> {
  const snapshot = await withoutExit(() => kit.generateDrizzleJson(schema));
  // As it will be read back: without the fields that are undefined.
  return JSON.parse(JSON.stringify(snapshot)) as WholeSnapshot;
}

const BREAKPOINT = '--> statement-breakpoint\n';
const NO_TRANSACTION = '-- rowhouse:no-transaction\n';

function sqlOf({ isTransactional, statements }: PlannedStep, security: string[]): string {
  const all = [...statements, ...security.map((statement) => `${statement};`)];
  return `${isTransactional ? '' : NO_TRANSACTION}${all.map((statement) => `${statement.trimEnd()}\n`).join(BREAKPOINT)}`;
}

const customStep = (name: string, after: WholeSnapshot): StepText => ({
  name,
  sql: '-- Hand-written SQL goes here. "-- rowhouse:data" in a line of its own says that it changes rows.\n',
  after,
});

const REVIEW =
  '-- Undoes the step of the same name; written by db:generate. Review it before you need it: what was dropped comes\n' +
  '-- back empty. Where that must not happen, let "-- rowhouse:irreversible reason=..." stand here instead.\n';

async function downOf(
  kit: SchemaKit,
  step: PlannedStep,
  before: WholeSnapshot,
  renames: PossibleRename[],
  security: string[],
): Promise<string> {
  if (step.suffix === '_validate')
    return `${REVIEW}-- Nothing to undo: what was validated goes with the step before.\n`;
  const inverse = await differences(kit, step.after, before);
  const statements = step.isTransactional
    ? inverse
    : (safeSteps(inverse, step.after, before)[0]?.statements ?? []);
  const back = renames.toReversed().map((rename) => renameStatement(reversed(rename)));
  return `${REVIEW}${sqlOf({ ...step, statements: [...statements, ...back] }, security)}`;
}
