import type { ClientConfig } from 'pg';
import pg from 'pg';
import type { DatabaseConnection } from '../config/index.js';
import { ChannelBindingClient } from './channel-binding-client.js';

/** What node-postgres needs to connect there as `purpose`, which shows in `pg_stat_activity`. */
export function clientOptions(
  { applicationName = 'rowhouse', ...connection }: DatabaseConnection,
  purpose: string,
): ClientConfig {
  return { ...connection, application_name: `${applicationName} ${purpose}` };
}

/** A single connection beside the pools: the listener's, the health checks'. */
export const createClient = (
  connection: DatabaseConnection,
  purpose: string,
  options: ClientConfig = {},
): pg.Client => new (clientClass(connection))({ ...clientOptions(connection, purpose), ...options });

/** The client that keeps what the URL demands. */
export const clientClass = ({ requireChannelBinding }: DatabaseConnection): typeof pg.Client =>
  requireChannelBinding ? ChannelBindingClient : pg.Client;
