/** Any way to run a query: a client's, a pool's, a health check's. */
export type RunQuery = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

/** `client.query` as a function. */
export const queryOf =
  (client: {
    query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  }): RunQuery =>
  (text, values) =>
    client.query(text, values);

/** All of it or nothing. */
export async function inTransaction<T>(query: RunQuery, work: () => Promise<T>): Promise<T> {
  await query('BEGIN');
  try {
    const result = await work();
    await query('COMMIT');
    return result;
  } catch (error) {
    await query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Whatever `work` does is undone, also where it succeeds. */
export async function inTransactionRolledBack<T>(query: RunQuery, work: () => Promise<T>): Promise<T> {
  await query('BEGIN');
  try {
    return await work();
  } finally {
    await query('ROLLBACK').catch(() => undefined);
  }
}
