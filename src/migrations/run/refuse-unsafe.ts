import { ExitCode } from '../exit-code.js';
import { MigrationError } from '../migration-error.js';
import type { Statement } from '../sql/statement.js';
import type { RunnableStep } from './parse-step.js';

/**
 * What a step without a transaction cannot do safely, before any of it is run.
 * @throws MigrationError (SQL_ERROR).
 */
export function refuseUnsafe(step: RunnableStep): void {
  for (const statement of step.statements.slice(step.resumeAt - 1)) {
    const fault = faultOf(statement);
    if (!fault) continue;
    const { index, position } = statement;
    throw new MigrationError(ExitCode.SQL_ERROR, `Nothing was run: ${fault.message}`, {
      tag: step.tag,
      statement: index,
      file: step.file.name,
      position,
      hint: fault.hint,
      remedy: `mend ${step.file.name}, and run "npm run db:migrate" again`,
    });
  }
}

function faultOf({ node }: Statement): { message: string; hint: string } | undefined {
  if ('IndexStmt' in node && node.IndexStmt.concurrent && !node.IndexStmt.idxname)
    return {
      message: 'an index that is built concurrently has no name',
      hint: 'After a crash nobody could tell which it was: it would be built twice, or stay INVALID.',
    };
  if ('VariableSetStmt' in node)
    return {
      message: `${node.VariableSetStmt.name ?? 'a setting'} is set in a step without a transaction`,
      hint: 'Each of its statements begins with a fresh session, so that a run can resume at any: write names with their schema.',
    };
  return undefined;
}
