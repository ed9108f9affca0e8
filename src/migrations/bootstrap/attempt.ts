import type { Client } from 'pg';

/** Runs a statement inside the open transaction that the admin may not be allowed to run; returns the refusal. */
export async function attempt(admin: Client, statement: string): Promise<string | undefined> {
  await admin.query('SAVEPOINT attempt');
  try {
    await admin.query(statement);
    await admin.query('RELEASE SAVEPOINT attempt');
    return undefined;
  } catch (error) {
    await admin.query('ROLLBACK TO SAVEPOINT attempt');
    return error instanceof Error ? error.message : String(error);
  }
}
