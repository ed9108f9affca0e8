import { hasPgbouncer } from '../../support/pgbouncer.js';
import { testMajors } from '../../support/server-of-major.js';

/** `npm run test:attacks`: every plan mode, every major, and through a pooler. */
export const IS_LONG = process.env['ATTACKS'] === 'long';

/** Where the attacks take place. */
export interface Place {
  major: number;
  /** Through PgBouncer in transaction mode, where the tenants share one connection to the server. */
  isPooled: boolean;
}

export const PLACES: Place[] = testMajors().flatMap((major) => [
  { major, isPooled: false },
  ...(IS_LONG && hasPgbouncer ? [{ major, isPooled: true }] : []),
]);
