import type { Dialect } from '../schema/dialect.js';

/** An uploaded document that was found usable. */
export type OpenApiDocument = Record<string, unknown>;

/** 3.0 or 3.1; undefined: of no version that is understood here (2.0 is Swagger). */
export function dialectOf(document: unknown): Dialect | undefined {
  const version = (document as { openapi?: unknown } | null | undefined)?.openapi;
  const [, dialect] = (typeof version === 'string' && /^(3\.[01])\.\d+(?:-.+)?$/.exec(version)) || [];
  return dialect as Dialect | undefined;
}
