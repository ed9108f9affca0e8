import { isForbiddenKey } from './forbidden-words.js';
import { shallowBytes } from './json-bytes.js';

/** `{}` is 1 deep. */
export const MAX_METADATA_DEPTH = 10;
/** Of the JSON text as PostgreSQL writes it, in UTF-8. */
export const MAX_METADATA_BYTES = 16 * 1024;

/** Where it stands (`items.0.unitPrice`), and the key as it was sent. */
export interface ForbiddenKey {
  path: string;
  key: string;
}

/** What is wrong with a value as metadata; clean is an object with nothing against it. */
export interface MetadataInspection {
  isObject: boolean;
  isTooDeep: boolean;
  isTooLarge: boolean;
  forbidden: ForbiddenKey[];
}

/** The keys of a JSON value that metadata may not hold, in objects and lists, as deep as metadata may be. */
export const forbiddenKeys = (value: unknown): ForbiddenKey[] => inspectMetadata(value).forbidden;

/** The same decision as the database's `metadata_is_clean()`. */
export function isCleanMetadata(value: unknown): boolean {
  const { isObject, isTooDeep, isTooLarge, forbidden } = inspectMetadata(value);
  return isObject && !isTooDeep && !isTooLarge && forbidden.length === 0;
}

/** Walks a JSON value level by level and no deeper than allowed, so that no nesting can end the stack. */
export function inspectMetadata(value: unknown): MetadataInspection {
  const forbidden: ForbiddenKey[] = [];
  let bytes = 0;
  let level: { value: unknown; path: string }[] = [{ value, path: '' }];
  for (let depth = 0; depth < MAX_METADATA_DEPTH; depth++) {
    const next: typeof level = [];
    for (const node of level) {
      bytes += shallowBytes(node.value);
      if (!isContainer(node.value)) continue;
      const isList = Array.isArray(node.value);
      for (const [key, child] of Object.entries(node.value)) {
        const path = node.path === '' ? key : `${node.path}.${key}`;
        if (!isList && isForbiddenKey(key)) forbidden.push({ path, key });
        next.push({ value: child, path });
      }
    }
    level = next;
  }
  return {
    isObject: isContainer(value) && !Array.isArray(value),
    isTooDeep: level.some((node) => isContainer(node.value)),
    isTooLarge: level.reduce((sum, node) => sum + shallowBytes(node.value), bytes) > MAX_METADATA_BYTES,
    forbidden,
  };
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;
