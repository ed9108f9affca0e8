import { and, eq, isNull } from 'drizzle-orm';
import pg from 'pg';
import { Lease } from '../../../src/database/lease.js';
import { TransactionReport } from '../../../src/database/transaction-report.js';
import { DomainsService } from '../../../src/tenancy/domains/domains.service.js';
import { tenantDomains } from '../../../src/tenancy/domains/tenant-domains.schema.js';
import type { OracleName } from './oracles.js';

/** Something that keeps tenants apart, and how to do without it for a while. */
export interface Wall {
  name: string;
  /** Which oracle must notice; others may. */
  noticedBy: OracleName;
  /** Where others cannot be asked. */
  onlyAskedOf?: OracleName[];
  /** SQL past all walls, in every database of the oracle. */
  sql?: { fell: string; raise: string };
  /** In this process. Answers how to raise it again. */
  fell?: () => () => void;
}

const policies = (rows: string) =>
  ['notes_floor', 'notes_tenant']
    .map((name) => `ALTER POLICY ${name} ON notes USING (${rows}) WITH CHECK (${rows})`)
    .join(';');

/** Of neighbours' notes those that could not be if a key were not led by the tenant. */
const NEIGHBOURS_DOUBLES = `
  SET session_replication_role = replica;
  DELETE FROM notes n USING notes of_acme WHERE (n.id = of_acme.id OR n.title = of_acme.title)
    AND n.tenant_id <> of_acme.tenant_id AND of_acme.tenant_id IN (SELECT id FROM tenants WHERE slug LIKE '%acme')`;

const key = (parent: string, child: string, unique: string) => `
  ALTER TABLE comments DROP CONSTRAINT comments_note_fkey;
  DROP INDEX notes_title; CREATE UNIQUE INDEX notes_title ON notes (${unique}) WHERE deleted_at IS NULL;
  ALTER TABLE comments ADD CONSTRAINT comments_note_fkey FOREIGN KEY (${child}) REFERENCES notes (${parent})
    ON DELETE CASCADE NOT VALID`;

/** Every one of them is switched off alone, in turn. */
export const WALLS: Wall[] = [
  {
    name: 'policy',
    noticedBy: 'projection',
    sql: { fell: policies('true'), raise: policies('tenant_id = current_tenant_id()') },
  },
  {
    name: 'FORCE',
    noticedBy: 'projection',
    sql: {
      fell: 'ALTER TABLE notes NO FORCE ROW LEVEL SECURITY',
      raise: 'ALTER TABLE notes FORCE ROW LEVEL SECURITY',
    },
  },
  {
    name: 'stable context function',
    noticedBy: 'projection',
    sql: {
      fell: 'ALTER FUNCTION current_tenant_id() IMMUTABLE',
      raise: 'ALTER FUNCTION current_tenant_id() STABLE',
    },
  },
  {
    name: 'composite key',
    noticedBy: 'noninterference in SQL',
    // Projection compares the rows of both, of which some must go.
    onlyAskedOf: ['noninterference in SQL', 'noninterference in HTTP', 'reuse'],
    sql: {
      fell: `${NEIGHBOURS_DOUBLES}; CREATE UNIQUE INDEX notes_alone ON notes (id); ${key('id', 'note_id', 'title')}`,
      raise: `${key('tenant_id, id', 'tenant_id, note_id', 'tenant_id, title')}; DROP INDEX notes_alone`,
    },
  },
  {
    name: 'lease',
    noticedBy: 'reuse',
    fell: () => replace(Lease.prototype, 'refuseWhenClosed', () => () => undefined),
  },
  {
    name: 'statement check',
    noticedBy: 'reuse',
    fell: () => replace(TransactionReport.prototype, 'refuseOutside', () => () => undefined),
  },
  {
    name: 'status check',
    noticedBy: 'reuse',
    fell: () =>
      replace(
        Lease.prototype,
        'release',
        () =>
          function (this: Lease, client: pg.PoolClient) {
            this['client'] = undefined;
            this['checkout'].giveBack(client, false);
          },
      ),
  },
  {
    name: 'tag check',
    noticedBy: 'reuse',
    fell: () =>
      onTheWire((text, send) => {
        const reply = send(text);
        return text === 'COMMIT' ? reply.then((result) => ({ ...result, command: 'COMMIT' })) : reply;
      }),
  },
  {
    name: 'read-only',
    noticedBy: 'reuse',
    fell: () => onTheWire((text, send) => send(text.replace(' READ ONLY', ''))),
  },
  {
    name: 'SET LOCAL',
    noticedBy: 'reuse',
    fell: () => onTheWire((text, send) => send(text.replace('SET LOCAL app.', 'SET app.'))),
  },
  {
    name: 'tenant of a control-plane query',
    noticedBy: 'noninterference in HTTP',
    onlyAskedOf: ['noninterference in HTTP'],
    fell: () =>
      replace(DomainsService.prototype, 'own', () => (id?: string) => {
        const { id: idOf, deletedAt } = tenantDomains;
        return and(isNull(deletedAt), id === undefined ? undefined : eq(idOf, id));
      }),
  },
];

type Method = (...parameters: never[]) => unknown;

/** Puts another method in the place of one, for all instances there are. Answers how to put it back. */
function replace(prototype: object, name: string, make: (original: Method) => Method): () => void {
  const methods = prototype as Record<string, Method>;
  const original = methods[name]!;
  methods[name] = make(original);
  return () => void (methods[name] = original);
}

type Send = (text: string) => Promise<pg.QueryResult>;

/** Between us and the driver: the texts that are sent as they are, which are BEGIN and COMMIT and their like. */
const onTheWire = (change: (text: string, send: Send) => Promise<unknown>) =>
  replace(
    pg.Client.prototype,
    'query',
    (original) =>
      function (this: pg.Client, ...parameters: unknown[]) {
        const send = (...all: unknown[]) => (original as (...all: unknown[]) => unknown).apply(this, all);
        const [text] = parameters;
        if (typeof text !== 'string' || parameters.length > 1) return send(...parameters);
        return change(text, send as unknown as Send);
      },
  );
