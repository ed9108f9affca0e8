/** How a transaction runs. `read` is READ ONLY in the database, not a promise of the caller. */
export interface TransactionOptions {
  access: 'read' | 'write';
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
  /** Of the control plane: the tenant whose request it serves, which takes its turn among the others at the pool. */
  onBehalfOf?: string;
  /** How often the whole work may run again after a serialization failure or deadlock (40001, 40P01); default 0. */
  retries?: number;
  /**
   * Answer before the reply to COMMIT has come; reads only, and not serializable ones. On a pipeline the connection
   * goes back to the pool at once, else when the reply arrives. Default false.
   */
  detachCommit?: boolean;
  /**
   * Its abort, before COMMIT is sent, ends the transaction: the statement that runs is cancelled in the database, all is
   * rolled back, and what still queries is refused with `TRANSACTION_CANCELLED`. A COMMIT that was sent is not disturbed.
   */
  signal?: AbortSignal;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** `BEGIN` and, for a tenant, its context: two statements in one message of the simple protocol. */
export function preambleOf(tenantId: string | undefined, { access, isolation }: TransactionOptions): string {
  const begin = `BEGIN${isolation ? ` ISOLATION LEVEL ${isolation.toUpperCase()}` : ''}${access === 'read' ? ' READ ONLY' : ''}`;
  if (tenantId === undefined) return begin;
  // The only text that is ever put into SQL by hand, hence the check.
  if (!UUID.test(tenantId)) throw new TypeError('A tenant id must be a UUID');
  return `${begin}; SET LOCAL app.tenant_id = '${tenantId}'`;
}
