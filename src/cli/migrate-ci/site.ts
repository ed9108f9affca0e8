import { randomBytes } from 'node:crypto';
import { serverOfMajor } from '../../local/index.js';
import {
  type RunQuery,
  bootstrapDatabase,
  bootstrapRoles,
  queryOf,
  withClient,
} from '../../migrations/index.js';

/** A database as db:bootstrap leaves it, on a server that is thrown away. */
export interface TrialDatabase {
  name: string;
  /** As `rowhouse_app`, `rowhouse_control`, `rowhouse_migrator`. */
  urls: { app: string; control: string; migrator: string };
  /** On one connection of the superuser. */
  asAdmin<T>(work: (query: RunQuery) => Promise<T>): Promise<T>;
  asApp<T>(work: (query: RunQuery) => Promise<T>): Promise<T>;
}

/** An ephemeral server to make databases on. */
export interface Site {
  major: number;
  create(): Promise<TrialDatabase>;
  stop(): Promise<void>;
}

/** @throws Error in words where that major is not installed. */
export async function openSite(major: number): Promise<Site> {
  const ephemeral = await serverOfMajor(major, { max_connections: 100 });
  const { server } = ephemeral;
  const passwords = { app: password(), control: password(), migrator: password() };
  let count = 0;
  await withClient({ connectionString: server.adminUrl() }, (admin) => bootstrapRoles(admin, passwords));
  return {
    major,
    stop: () => ephemeral.stop(),
    create: async () => {
      count += 1;
      const name = `rowhouse_${count}_test`;
      const adminUrl = server.adminUrl(name);
      await withClient({ connectionString: server.adminUrl() }, (admin) =>
        admin.query(`CREATE DATABASE ${name}`),
      );
      await withClient({ connectionString: adminUrl }, bootstrapDatabase);
      const url = (login: keyof typeof passwords) =>
        `postgres://rowhouse_${login}:${passwords[login]}@127.0.0.1:${server.port}/${name}`;
      const urls = { app: url('app'), control: url('control'), migrator: url('migrator') };
      return { name, urls, asAdmin: as(adminUrl), asApp: as(urls.app) };
    },
  };
}

const password = () => randomBytes(18).toString('base64url');

const as =
  (connectionString: string) =>
  <T>(work: (query: RunQuery) => Promise<T>): Promise<T> =>
    withClient({ connectionString }, (client) => work(queryOf(client)));
