import { SetMetadata } from '@nestjs/common';
import type { TransactionOptions } from '../database/index.js';

export const CONTROL_PLANE = 'rowhouse:control-plane';
export const TRANSACTIONLESS = 'rowhouse:transactionless';
export const RETRYABLE = 'rowhouse:retryable';
export const ISOLATION = 'rowhouse:isolation';
export const REPEATABLE = 'rowhouse:repeatable';

const DEFAULT_RETRIES = 3;

/** The routes' transaction is on the control plane (`ControlDatabase`) instead of the tenant's tables. */
export const ControlPlane = () => SetMetadata(CONTROL_PLANE, true);

/**
 * The route has no transaction around it: its service opens its own (`withTenant()`, `withControl()`) before and after it
 * waits for the outside world. What must be stored together belongs into one of them.
 */
export const Transactionless = () => SetMetadata(TRANSACTIONLESS, true);

/** The handler may run again after a serialization failure or deadlock: it has no effect outside the transaction. */
export const Retryable = (retries = DEFAULT_RETRIES) => SetMetadata(RETRYABLE, retries);

/** The isolation level of the route's transaction; PostgreSQL's default is read committed. */
export const Isolation = (level: NonNullable<TransactionOptions['isolation']>) =>
  SetMetadata(ISOLATION, level);
