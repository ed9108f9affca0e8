import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { RunQuery } from '../run-query.js';
import type { Invariants } from './options.js';
import type { RunnableStep } from './parse-step.js';

/**
 * @param step inside its transaction, which this error rolls back; undefined: what is in the database already.
 * @throws MigrationError (ISOLATION_BROKEN) with every broken wall.
 */
export async function assertInvariants(
  query: RunQuery,
  invariants: Invariants,
  step: RunnableStep | undefined,
): Promise<void> {
  const broken = await invariants(query);
  if (broken.length === 0) return;
  throw new MigrationError(
    ExitCode.ISOLATION_BROKEN,
    `${step ? `With ${step.tag}` : 'Now'} tenants would not be isolated from each other:\n${broken.map((text) => `- ${text}`).join('\n')}`,
    {
      ...(step && { tag: step.tag, file: step.file.name }),
      hint: step
        ? `${step.tag} was not committed; the steps before it were.`
        : 'Nothing was rolled back: this is committed.',
      remedy: step
        ? `mend ${step.file.name} (or, if an earlier step broke it, add the mending statements to it), and run "npm run db:migrate" again`
        : 'write a step that mends it ("npm run db:generate -- --custom"), and run "npm run db:migrate"',
    },
  );
}
