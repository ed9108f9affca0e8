import { type Table, readableOf } from './catalogue.js';
import type { Choices } from './choices.js';
import { type AddParameter, comparison, link, tripwire } from './query-conditions.js';
import { type Scope, type Source, grouped, plain, windowed } from './query-outputs.js';
import type { Parameter } from './query-parameters.js';

export interface Query {
  text: string;
  parameters: Parameter[];
}

/** The columns of a query's answer, which the arms of a UNION must agree on. */
type Shape = ('text' | 'int')[];

/** How deep queries nest. */
const DEPTH = 2;

/**
 * A random query over these tables, the answer to which SQL fully determines but for the order of its rows. So no window
 * asks for the number of a row among its peers, and LIMIT comes only behind an ORDER BY of all columns.
 */
export function writeQuery(tables: Table[], choices: Choices): Query {
  const writer = new QueryWriter(tables, choices);
  return { text: writer.query(writer.shape(), DEPTH), parameters: writer.parameters };
}

/** Writes one query; `parameters` are what its `$1` and so on stand for. */
export class QueryWriter {
  readonly parameters: Parameter[] = [];
  #names = 0;
  readonly #readable: Table[];

  constructor(
    protected readonly tables: Table[],
    protected readonly choices: Choices,
  ) {
    // The outbox of mails may only be written.
    this.#readable = tables.filter((table) => readableOf(table).length > 0);
  }

  shape(): Shape {
    return this.choices.several(1, 3, () => this.choices.pick(['text', 'int'] as const));
  }

  query(shape: Shape, depth: number, outer: Scope = []): string {
    const { choices } = this;
    if (depth === 0) return this.select(shape, depth, outer);
    const form = choices.pick(['select', 'select', 'select', 'set', 'cte', 'page'] as const);
    if (form === 'set') {
      const operator = choices.pick([
        'UNION',
        'UNION ALL',
        'INTERSECT',
        'INTERSECT ALL',
        'EXCEPT',
        'EXCEPT ALL',
      ]);
      return `(${this.query(shape, depth - 1, outer)}) ${operator} (${this.query(shape, depth - 1, outer)})`;
    }
    if (form === 'page') {
      const columns = shape.map((_, i) => i + 1).join(', ');
      const rest = `LIMIT ${choices.below(6)} OFFSET ${choices.below(3)}`;
      return `SELECT * FROM (${this.query(shape, depth - 1, outer)}) ${this.name()} ORDER BY ${columns} ${rest}`;
    }
    return form === 'cte' ? this.cte(shape, depth, outer) : this.select(shape, depth, outer);
  }

  private cte(shape: Shape, depth: number, outer: Scope): string {
    const inner = this.shape();
    const name = this.name();
    const how = this.choices.pick(['', 'MATERIALIZED', 'NOT MATERIALIZED']);
    const query = this.query(inner, depth - 1);
    const source = sourceOf(name, inner);
    return `WITH ${name} (${columnNames(inner)}) AS ${how} (${query}) ${this.select(shape, depth - 1, outer, source)}`;
  }

  private select(shape: Shape, depth: number, outer: Scope, given?: Source): string {
    const { choices } = this;
    const scope: Source[] = [];
    const from = this.from(scope, depth, given);
    const where = Array.from({ length: choices.pick([0, 0, 1, 1, 2]) }, () =>
      this.predicate([...outer, ...scope], depth),
    );
    const outputs = choices.pick([plain, plain, plain, grouped, windowed])(shape, scope, choices);
    const condition = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : '';
    return `SELECT ${outputs.columns} FROM ${from}${condition}${outputs.rest}`;
  }

  private from(scope: Source[], depth: number, given: Source | undefined): string {
    let text = given ? this.add(scope, given, given.alias) : this.source(scope, depth);
    for (let joins = this.choices.below(depth + 1); joins > 0; joins--) text += this.join(scope, depth);
    return text;
  }

  private join(scope: Source[], depth: number): string {
    const { choices } = this;
    const kind = choices.pick(['JOIN', 'LEFT JOIN', 'RIGHT JOIN', 'FULL JOIN', 'LATERAL']);
    if (kind === 'LATERAL') {
      const [alias, shape] = [this.name(), this.shape()];
      const query = this.query(shape, 0, scope);
      this.add(scope, sourceOf(alias, shape), alias);
      return ` LEFT JOIN LATERAL (${query}) ${alias} (${columnNames(shape)}) ON true`;
    }
    const before = [...scope];
    const source = this.source(scope, depth);
    return ` ${kind} ${source} ON ${link(before, scope.at(-1)!, choices)}`;
  }

  private source(scope: Source[], depth: number): string {
    const { choices } = this;
    const alias = this.name();
    if (depth > 0 && choices.chance(20)) {
      const shape = this.shape();
      const query = this.query(shape, depth - 1);
      return this.add(scope, sourceOf(alias, shape), `(${query}) ${alias} (${columnNames(shape)})`);
    }
    const table = choices.pick(this.#readable);
    const { name, foreignKeys } = table;
    return this.add(
      scope,
      { alias, table: name, columns: readableOf(table), foreignKeys },
      `${name} ${alias}`,
    );
  }

  private add(scope: Source[], source: Source, text: string): string {
    scope.push(source);
    return text;
  }

  protected predicate(scope: Scope, depth: number): string {
    const { choices } = this;
    const { alias, columns } = choices.pick(scope);
    const { name, kind } = choices.pick(columns);
    const column = `${alias}.${name}`;
    const parameter: AddParameter = (value, type) => this.parameter(value, type);
    const forms = [
      () => comparison(column, kind, choices, parameter),
      () => `${column} IS ${choices.pick(['NOT NULL', 'NULL'])}`,
      () => tripwire(column, choices, parameter),
      () => `NOT coalesce(${comparison(column, kind, choices, parameter)}, false)`,
    ];
    const nested = [
      () => `${choices.pick(['EXISTS', 'NOT EXISTS'])} (${this.query(['int'], depth - 1, scope)})`,
      () => `${column}::text ${choices.pick(['IN', 'NOT IN'])} (${this.query(['text'], depth - 1, scope)})`,
      () => `${column}::text = ANY (ARRAY(${this.query(['text'], depth - 1, scope)}))`,
      () =>
        `(SELECT count(*) FROM (${this.query(['text'], depth - 1, scope)}) ${this.name()}) > ${choices.below(4)}`,
    ];
    return choices.pick(depth > 0 ? [...forms, ...nested] : forms)();
  }

  protected parameter(parameter: Parameter, type: string): string {
    return `$${this.parameters.push(parameter)}::${type}`;
  }

  private name(): string {
    return `q${++this.#names}`;
  }
}

const columnNames = (shape: Shape) => shape.map((_, i) => `c${i + 1}`).join(', ');

const sourceOf = (alias: string, shape: Shape): Source => ({
  alias,
  columns: shape.map((kind, i) => ({ name: `c${i + 1}`, kind, type: kind })),
});
