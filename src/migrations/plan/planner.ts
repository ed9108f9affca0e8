import { type FolderContent, fileOf, type SqlFile } from '../folder/folder-content.js';
import type { Ledgers } from '../ledger/read-ledgers.js';
import type { LedgerStep } from '../ledger/write-ledger.js';
import { folderProblems, isNotAdopted, type Problem, stepProblems } from './problems.js';
import { type StepStatus, statusOf } from './step-status.js';

/** What a run does, in this order; or why it does nothing at all. */
export type Plan = { kind: 'run'; steps: PlannedStep[] } | { kind: 'refused'; problems: Problem[] };

export interface PlannedStep extends LedgerStep {
  file: SqlFile;
  /** The statement to begin with, counted from 1; above 1 where an earlier run was interrupted. */
  resumeAt: number;
  /** The digest of the statement that was under way when an earlier run died: it may have taken effect. */
  underWay?: string;
}

export interface PlanOptions {
  /** The digests of a file's statements, in order; asked only for steps that were interrupted. */
  digestsOf: (file: SqlFile) => string[];
  /** Run pending steps that stand before applied ones too, instead of refusing. */
  allowOutOfOrder?: boolean | undefined;
}

/**
 * Decides from the folder and the ledgers alone. A step is found by its tag and judged by its sum: neither `when` nor the
 * newest applied step decides about any other.
 */
export function plan(folder: FolderContent, ledgers: Ledgers, options: PlanOptions): Plan {
  const statuses = statusOf(folder, ledgers);
  const isUnadopted = isNotAdopted(ledgers);
  const problems = [
    ...folderProblems(folder, ledgers),
    ...(folder.journal ? statuses : []).flatMap((status) =>
      problemOf(folder, status, { ...options, isUnadopted }),
    ),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };
  return { kind: 'run', steps: statuses.flatMap((status) => planned(folder, status)) };
}

function problemOf(
  folder: FolderContent,
  status: StepStatus,
  options: PlanOptions & { isUnadopted: boolean },
): Problem[] {
  if (status.state === 'out of order' && options.allowOutOfOrder) return [];
  // Told once for the whole database.
  if (options.isUnadopted && (status.state === 'unrecorded' || status.state === 'unknown')) return [];
  return [...stepProblems(folder, status), ...resumeProblems(folder, status, options)];
}

/** A step that is half done goes on only if what was done is still what the file says. */
function resumeProblems(
  folder: FolderContent,
  { tag, row }: StepStatus,
  { digestsOf }: PlanOptions,
): Problem[] {
  const file = fileOf(folder, tag);
  if (!row || !file || doneOf(row) === 0) return [];
  const digests = digestsOf(file);
  const changed = row.statementDigests
    .slice(0, row.statementsDone)
    .findIndex((digest, i) => digest !== digests[i]);
  if (changed < 0) return [];
  return [
    {
      kind: 'edited',
      tag,
      file: file.name,
      message: `${tag} was interrupted after statement ${row.statementsDone} of ${row.statementsTotal}, and statement ${changed + 1}, which is done, was changed or removed since`,
      remedy: `restore statements 1 to ${row.statementsDone} of ${file.name} as they were run, and run "npm run db:migrate" again; or undo by hand what they did, and mark the step with "npm run db:repair"`,
    },
  ];
}

const waiting = ['pending', 'interrupted', 'failed', 'rolled back', 'out of order'];

function planned(folder: FolderContent, { tag, state, entry, row }: StepStatus): PlannedStep[] {
  const file = fileOf(folder, tag);
  if (!entry || !file || !waiting.includes(state)) return [];
  const done = row ? doneOf(row) : 0;
  const underWay = row?.state === 'running' ? row.statementDigests[done] : undefined;
  return [{ tag, when: entry.when, file, resumeAt: done + 1, ...(underWay !== undefined && { underWay }) }];
}

const doneOf = ({ state, statementsDone }: NonNullable<StepStatus['row']>) =>
  state === 'running' || state === 'failed' ? statementsDone : 0;
