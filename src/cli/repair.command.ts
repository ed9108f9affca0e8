import { readMigrationConnection } from '../config/command-connections.js';
import {
  acceptEdits,
  appliedTags,
  ExitCode,
  loadSchema,
  markStep,
  MigrationError,
  migrationsFolder,
  refusal,
  renumber,
} from '../migrations/index.js';
import { projectFolder } from './generated-file.js';

interface Flags {
  markApplied?: string;
  markPending?: string;
  renumber?: boolean;
  json?: boolean;
}

export async function repairDatabase(flags: Flags): Promise<void> {
  const { markApplied, markPending, json = false } = flags;
  const wanted = [markApplied, markPending, flags.renumber].filter((flag) => flag !== undefined);
  if (wanted.length > 1)
    throw new MigrationError(ExitCode.USAGE, 'One repair at a time: give one of the options');
  const connection = { ...readMigrationConnection(), application_name: 'rowhouse repair' };
  const folder = migrationsFolder();
  const tell = (lines: string[], object: object) =>
    console.log(json ? JSON.stringify(object, null, 2) : lines.join('\n'));

  if (flags.renumber) {
    const moved = await renumber(folder, await appliedTags(connection), () => loadSchema(projectFolder));
    const lines = moved.map(({ from, to }) => `${from} is ${to} now`);
    if (moved.length === 0) lines.push('nothing to do: every step has a number of its own');
    else
      lines.push(
        'Databases that applied one of them under its old name will call it unknown. Now "npm run db:check".',
      );
    return tell(lines, { moved });
  }
  const tag = markApplied ?? markPending;
  if (tag !== undefined) {
    const as = markApplied === undefined ? 'pending' : 'applied';
    await markStep(connection, folder, tag, as);
    const next =
      as === 'applied' ? 'db:drift" tells whether it is all there' : 'db:migrate" runs it from its beginning';
    return tell([`${tag} is ${as} now; "npm run ${next}`], { tag, as });
  }
  const { accepted, interrupted, problems } = await acceptEdits(connection, folder);
  if (problems.length > 0 && json) process.exitCode = ExitCode.INTEGRITY;
  const lines = [
    ...accepted.map((each) => `accepted ${each}: only comments and white space were changed`),
    ...interrupted.map(
      (step) =>
        `${step.tag} was interrupted after statement ${step.done} of ${step.total}: "npm run db:migrate" goes on there. If you ` +
        'finished it or undid it by hand, say --mark-applied or --mark-pending.',
    ),
  ];
  if (lines.length === 0 && problems.length === 0) lines.push('nothing to repair');
  tell(lines, { accepted, interrupted, problems });
  if (problems.length > 0 && !json) throw refusal(problems);
}
