import { type Table, readableOf } from './catalogue.js';
import type { Choices } from './choices.js';
import { TENANTS } from './fill.js';
import type { Parameter } from './query-parameters.js';
import { other } from './query-parameters.js';
import { type Query, QueryWriter } from './query-writer.js';
import { type Side, idNumber, randomRow } from './random-rows.js';

/** Ids of both tenants, of one of them, and of nobody. */
const IDS = 20;

/** A random statement of any kind that a tenant may try. It says what it changed, since that is what it may tell. */
export function writeStatement(tables: Table[], choices: Choices): Query {
  const writer = new StatementWriter(tables, choices);
  return { text: writer.statement(), parameters: writer.parameters };
}

class StatementWriter extends QueryWriter {
  statement(): string {
    const { choices } = this;
    const table = choices.pick(this.tables);
    const kind = choices.pick([
      'query',
      'query',
      'insert',
      'insert',
      'update',
      'delete',
      'lock',
      'merge',
    ] as const);
    if (kind === 'query') return this.query(this.shape(), 2);
    return this[kind](table);
  }

  private insert(table: Table): string {
    const columns = table.columns.filter(({ isWritable }) => isWritable).map(({ name }) => name);
    const [changed] = this.choices.several(1, 1, () => this.choices.pick(columns));
    const conflict = this.choices.pick([
      '',
      '',
      ' ON CONFLICT DO NOTHING',
      ` ON CONFLICT (tenant_id, id) DO UPDATE SET ${changed} = excluded.${changed}`,
    ]);
    return `INSERT INTO ${table.name} AS q (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${this.row(table)}${conflict}${returning(table)}`;
  }

  private update(table: Table): string {
    const { name } = this.choices.pick(table.columns);
    return `UPDATE ${table.name} q SET ${name} = r.${name} FROM ${this.row(table)} r${this.where(table)}${returning(table)}`;
  }

  private delete(table: Table): string {
    return `DELETE FROM ${table.name} q${this.where(table)}${returning(table)}`;
  }

  private lock(table: Table): string {
    return `SELECT q.id FROM ${table.name} q${this.where(table)} FOR ${this.choices.pick(['UPDATE', 'SHARE', 'NO KEY UPDATE'])}`;
  }

  private merge(table: Table): string {
    const { name } = this.choices.pick(table.columns);
    const action = this.choices.pick([`UPDATE SET ${name} = r.${name}`, 'DELETE', 'DO NOTHING']);
    return `MERGE INTO ${table.name} q USING ${this.row(table)} r ON q.id = r.id WHEN MATCHED THEN ${action}`;
  }

  /** One row, as a FROM item: mostly one's own, whose parents are one's own. */
  private row(table: Table): string {
    const { choices } = this;
    const own = [randomRow(table, 0, choices), randomRow(table, 1, choices)];
    const foreignKeys = table.foreignKeys.map(({ column }) => column);
    const strange = Object.fromEntries(
      ['id', ...foreignKeys]
        .filter(() => choices.chance(40))
        .map((name) => [name, idNumber(choices.below(IDS))]),
    );
    const isForeign = choices.chance(10);
    const parameter: Parameter = (side: Side) =>
      JSON.stringify({ ...own[side], ...strange, ...(isForeign && { tenant_id: TENANTS[other(side)] }) });
    return `jsonb_populate_record(NULL::${table.name}, ${this.parameter(parameter, 'jsonb')})`;
  }

  private where(table: Table): string {
    const columns = readableOf(table);
    if (columns.length === 0) return '';
    const predicates = this.choices.several(0, 2, () => this.predicate([{ alias: 'q', columns }], 1));
    return predicates.length > 0 ? ` WHERE ${predicates.join(' AND ')}` : '';
  }
}

const returning = (table: Table) =>
  readableOf(table).length > 0
    ? ` RETURNING ${readableOf(table)
        .map(({ name }) => `q.${name}`)
        .join(', ')}`
    : '';
