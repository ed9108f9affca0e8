import { type Dialect, entriesOf, isObject, own } from './schema/dialect.js';
import { dialectOf, type OpenApiDocument } from './document/openapi-document.js';
import { Patterns } from './schema/patterns.js';
import { atPointer } from './schema/json-pointer.js';
import { type Segment, segmentsOf } from './path-template.js';
import { basePathsOf } from './servers.js';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const MAX_HOPS = 20;

/** One method of one path. */
export interface Operation {
  /** Upper case. */
  method: string;
  /** @example /orders/{id} */
  template: string;
  segments: Segment[];
  definition: Record<string, unknown>;
  /** What the operations of its path have in common. */
  pathItem: Record<string, unknown>;
}

/** A document made ready to check messages against: its operations are indexed, all else is read when it is needed. */
export class CompiledDocument {
  readonly dialect: Dialect;
  readonly patterns = new Patterns();
  readonly basePaths: string[];
  private readonly byId = new Map<string, Operation>();
  private readonly byName = new Map<string, Operation>();
  private readonly byShape = new Map<string, Operation[]>();
  private readonly targets = new Map<string, unknown>();

  constructor(private readonly document: OpenApiDocument) {
    this.dialect = dialectOf(document) ?? '3.1';
    this.basePaths = basePathsOf(document);
    for (const [template, item] of entriesOf(document['paths'])) this.addPath(template, this.deref(item));
    for (const operations of this.byShape.values()) operations.sort(byConcreteness);
  }

  /** What a `$ref` names. Looked up once: it may be megabytes long, and followed for each item of a list. */
  readonly resolve = (reference: string): unknown => {
    if (!this.targets.has(reference)) this.targets.set(reference, atPointer(this.document, reference));
    return this.targets.get(reference);
  };

  /** The object itself, where a reference to it may stand. */
  deref(value: unknown): Record<string, unknown> {
    let target = value;
    for (let hop = 0; hop < MAX_HOPS && isObject(target) && typeof target['$ref'] === 'string'; hop++)
      target = this.resolve(target['$ref']);
    return isObject(target) ? target : {};
  }

  withId(operationId: string): Operation | undefined {
    return this.byId.get(operationId);
  }

  /** `GET /orders/{id}` */
  named(name: string): Operation | undefined {
    return this.byName.get(name);
  }

  /** Those that a path of so many segments can mean, the most concrete first (OpenAPI 3.1, Paths Object). */
  ofShape(method: string, segments: number): readonly Operation[] {
    return this.byShape.get(`${method} ${segments}`) ?? [];
  }

  private addPath(template: string, item: Record<string, unknown>): void {
    if (!template.startsWith('/')) return;
    const segments = segmentsOf(template);
    for (const method of METHODS) {
      const definition = own(item, method);
      if (isObject(definition))
        this.add({ method: method.toUpperCase(), template, segments, definition, pathItem: item });
    }
  }

  private add(operation: Operation): void {
    const { operationId } = operation.definition;
    // Of two with one id, which nobody should write, the first.
    if (typeof operationId === 'string' && !this.byId.has(operationId)) this.byId.set(operationId, operation);
    this.byName.set(`${operation.method} ${operation.template}`, operation);
    const shape = `${operation.method} ${operation.segments.length}`;
    const others = this.byShape.get(shape);
    if (others) others.push(operation);
    else this.byShape.set(shape, [operation]);
  }
}

function byConcreteness(a: Operation, b: Operation): number {
  for (let index = 0; index < a.segments.length; index++) {
    const difference = a.segments[index]!.rank - b.segments[index]!.rank;
    if (difference !== 0) return difference;
  }
  return 0;
}
