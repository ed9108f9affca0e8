import type { Operation } from './operations.js';
import type { Template } from './templates.js';
import type { WireAnswer } from './wire.js';

const KEPT = 200;

/** What the campaign itself has made, so that later requests find it, change it and delete it. */
export class Made {
  private readonly byCollection = new Map<string, Record<string, unknown>[]>();
  private readonly etags = new Map<string, string>();

  constructor(private readonly templates: ReadonlyMap<string, Template>) {}

  learn({ method, path }: Operation, { status, headers, body }: WireAnswer): void {
    if (headers['etag']) this.etags.set(path, headers['etag']);
    if (method !== 'POST' || status < 200 || status > 201 || path.endsWith('}')) return;
    const made = this.byCollection.get(path) ?? [];
    made.push(JSON.parse(body) as Record<string, unknown>);
    this.byCollection.set(path, made.slice(-KEPT));
  }

  /** Of the parameter of that path; where nothing has been made at that place, what the template has. */
  valueFor(path: string, name: string, index: number): string {
    const made = this.byCollection.get(path.slice(0, path.indexOf(`/{${name}}`))) ?? [];
    const one = made[index % made.length];
    const value = one?.[name] ?? one?.['id'] ?? this.anyTemplateOf(path)?.params[name] ?? 'a';
    return encodeURIComponent(typeof value === 'string' ? value.toWellFormed() : 'a');
  }

  /** The newest that this path answered; of a path of actions that of the resource. */
  etagOf(path: string): string {
    return this.etags.get(path) ?? this.etags.get(path.slice(0, path.lastIndexOf('}') + 1)) ?? '"0"';
  }

  private anyTemplateOf(path: string): Template | undefined {
    return [...this.templates].find(([name]) => name.endsWith(` ${path}`))?.[1];
  }
}
