import { providerTime } from './provider-time.js';

/** The payload of a known event is not what GitHub documents: nobody can say what it means. Names the field, no value. */
export class UnreadablePayload extends Error {
  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
    this.name = 'UnreadablePayload';
  }
}

/** Reads fields of a JSON object, and tells where one is not what it should be. */
export class PayloadReader {
  private constructor(
    private readonly fields: Record<string, unknown>,
    private readonly path: string,
  ) {}

  /** Throws {@link UnreadablePayload}, as all below do. */
  static of(value: unknown, path = 'payload'): PayloadReader {
    if (!isObject(value)) throw new UnreadablePayload(path, 'an object');
    return new PayloadReader(value, path);
  }

  has(name: string): boolean {
    return this.value(name) !== undefined && this.value(name) !== null;
  }

  object(name: string): PayloadReader {
    return PayloadReader.of(this.value(name), this.at(name));
  }

  /** Absent: none. */
  objects(name: string): PayloadReader[] {
    const list = this.value(name) ?? [];
    if (!Array.isArray(list)) throw new UnreadablePayload(this.at(name), 'a list');
    return list.map((item, index) => PayloadReader.of(item, `${this.at(name)}[${index}]`));
  }

  text(name: string): string {
    const value = this.value(name);
    if (typeof value !== 'string' || value === '') throw new UnreadablePayload(this.at(name), 'a text');
    return value;
  }

  texts(name: string): string[] {
    const list = this.value(name) ?? [];
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
      throw new UnreadablePayload(this.at(name), 'a list of texts');
    return list;
  }

  /** Absent: null. */
  optionalText(name: string): string | null {
    return this.has(name) ? this.text(name) : null;
  }

  /** Ids pass 32 bits, and are exact up to 2^53. */
  id(name: string): number {
    const value = this.value(name);
    if (!Number.isSafeInteger(value) || (value as number) <= 0)
      throw new UnreadablePayload(this.at(name), 'an id');
    return value as number;
  }

  flag(name: string): boolean {
    const value = this.value(name);
    if (typeof value !== 'boolean') throw new UnreadablePayload(this.at(name), 'true or false');
    return value;
  }

  time(name: string): string {
    const time = providerTime(this.value(name));
    if (time === undefined) throw new UnreadablePayload(this.at(name), 'a time');
    return time;
  }

  /** Absent: null. */
  optionalTime(name: string): string | null {
    return this.has(name) ? this.time(name) : null;
  }

  /** An object of texts by name; absent: none. */
  levels(name: string): Record<string, string> {
    const value = this.value(name) ?? {};
    if (!isObject(value) || !Object.values(value).every((level) => typeof level === 'string'))
      throw new UnreadablePayload(this.at(name), 'an object of texts');
    return value as Record<string, string>;
  }

  private value(name: string): unknown {
    return Object.hasOwn(this.fields, name) ? this.fields[name] : undefined;
  }

  private at(name: string): string {
    return `${this.path}.${name}`;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
