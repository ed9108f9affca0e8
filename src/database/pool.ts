import pg from 'pg';
import type { DatabaseConfig, DatabaseConnection } from '../config/index.js';
import { clientClass, clientOptions } from './client-options.js';
import type { DatabaseEvents, Plane } from './database-events.js';
import { endWhenSilent } from './silence.js';

/** A pool whose every client survives the loss of its connection, at any time, without ending the process. */
export function createPool(
  connection: DatabaseConnection,
  max: number,
  plane: Plane,
  config: DatabaseConfig,
  events: DatabaseEvents,
): pg.Pool {
  const pool = new pg.Pool({
    ...clientOptions(connection, plane),
    Client: clientClass(connection),
    max,
    pipeline: config.pipeline,
    connectionTimeoutMillis: config.connectionTimeoutMs,
    idleTimeoutMillis: config.idleTimeoutMs,
    maxLifetimeSeconds: config.maxLifetimeSeconds,
    keepAlive: true,
    keepAliveInitialDelayMillis: config.keepAliveInitialDelayMs,
    statement_timeout: config.statementTimeoutMs,
    lock_timeout: config.lockTimeoutMs,
    idle_in_transaction_session_timeout: config.idleInTransactionTimeoutMs,
  });
  // node-postgres removes its own listener while a client is checked out: an error then would be an uncaught exception.
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    // Once: a connection in use fails by what the server says, and again as it closes. Not by a pool that ends: it does
    // not wait for its clients' goodbyes, and a server that is stopped next may be faster.
    client.once('error', (error) => {
      if (!pool.ending) events.tell('connectionLost', plane, error);
    });
    endWhenSilent(client, config.statementTimeoutMs);
  });
  pool.on('error', () => undefined); // reported by the listener above
  return pool;
}
