import { readMigrationConnection } from '../config/command-connections.js';
import { ExitCode, type DatabaseStatus, readStatus, refusal } from '../migrations/index.js';

interface Flags {
  check?: boolean;
  json?: boolean;
}

type Step = DatabaseStatus['steps'][number];

export async function showStatus({ check = false, json = false }: Flags): Promise<void> {
  const connection = readMigrationConnection();
  const status = await readStatus({ ...connection, application_name: 'rowhouse status' });
  const { steps, pending, problems } = status;
  if (json) console.log(JSON.stringify({ steps: steps.map(inJson), pending, problems }, null, 2));
  else print(status);
  if (!check) return;
  if (problems.length > 0) process.exitCode = refusal(problems).exitCode;
  else if (pending.length > 0) process.exitCode = ExitCode.PENDING;
}

function print({ steps, pending, problems }: DatabaseStatus): void {
  const tagWidth = Math.max(0, ...steps.map(({ tag }) => tag.length));
  const stateWidth = Math.max(0, ...steps.map((step) => stateInWords(step).length));
  for (const step of steps)
    console.log(
      `${step.tag.padEnd(tagWidth)}  ${stateInWords(step).padEnd(stateWidth)}  ${when(step)}`.trimEnd(),
    );
  for (const { message, remedy } of problems) console.log(`\n${message}\nTo mend it: ${remedy}`);
  if (problems.length > 0) return;
  console.log(pending.length > 0 ? `\n${pending.length} pending: run "npm run db:migrate"` : '\nup to date');
}

/** `interrupted 3/7` says how far it came. */
function stateInWords({ state, row }: Step): string {
  const isHalf = row && row.statementsDone < row.statementsTotal && row.statementsDone > 0;
  if (state === 'interrupted' || (state === 'failed' && isHalf))
    return `${state} ${row?.statementsDone}/${row?.statementsTotal}`;
  return state;
}

function when({ row }: Step): string {
  if (!row) return '';
  const at = (row.finishedAt ?? row.startedAt).toISOString().replace('T', ' ').slice(0, 19);
  return row.durationMs === null ? `${at} UTC` : `${at} UTC  ${row.durationMs} ms`;
}

const inJson = ({ tag, state, row }: Step) => ({
  tag,
  state,
  ...(row && {
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
    durationMs: row.durationMs,
    statementsDone: row.statementsDone,
    statementsTotal: row.statementsTotal,
    appliedBy: row.appliedBy,
    toolVersion: row.toolVersion,
    serverVersion: row.serverVersion,
    confirmation: row.confirmation,
  }),
});
