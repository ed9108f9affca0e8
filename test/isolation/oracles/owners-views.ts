import { escapeIdentifier } from 'pg';
import { type Table, readableOf } from './catalogue.js';

/**
 * Views of the owner over each table, as somebody may write them who forgets `security_invoker`. FORCE is why they show
 * nothing: the owner has no policy. Where rows stand alone they are made to show nothing, too.
 */
export function ownersViews(tables: Table[]): {
  over: Table[];
  tables: Table[];
  shared: string;
  alone: string;
} {
  // The outbox of mails may only be written.
  const over = tables.filter((table) => readableOf(table).length > 0);
  return {
    over,
    tables: over.map((table) => ({ ...table, name: nameOf(table), foreignKeys: [] })),
    shared: over.map((table) => create(table, '')).join(';\n'),
    alone: over.map((table) => create(table, ' WHERE false')).join(';\n'),
  };
}

const nameOf = ({ name }: Table) => `owners_${name}`;

function create(table: Table, where: string): string {
  const view = escapeIdentifier(nameOf(table));
  const columns = readableOf(table).map(({ name }) => escapeIdentifier(name));
  return `CREATE VIEW ${view} AS SELECT ${columns.join(', ')} FROM ${escapeIdentifier(table.name)}${where};
    ALTER VIEW ${view} OWNER TO rowhouse_owner; GRANT SELECT ON ${view} TO rowhouse_app`;
}
