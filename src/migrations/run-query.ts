/** Any way to run a query: a client's, a pool's, a health check's. */
export type RunQuery = (text: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }>;

/** `client.query` as a function. */
export const queryOf =
  (client: {
    query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
  }): RunQuery =>
  (text, values) =>
    client.query(text, values);
