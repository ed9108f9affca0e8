import { DatabaseError, StatementError, unwrapDrizzle } from '../../database/index.js';

/** `code`: an SQLSTATE, or one of the database room's own. */
export async function refusal(attempt: PromiseLike<unknown>, code: string, fault: string): Promise<string[]> {
  try {
    await attempt;
    return [fault];
  } catch (error) {
    const answer = codeOf(unwrapDrizzle(error));
    return answer === code
      ? []
      : [`${fault}, or would: it was refused with ${String(answer)} instead of ${code}`];
  }
}

const codeOf = (error: unknown): unknown => {
  if (error instanceof StatementError) return error.sqlState;
  return error instanceof DatabaseError ? error.code : (error as { code?: unknown }).code;
};
