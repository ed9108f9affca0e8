import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import type { FastifyInstance } from 'fastify';
import {
  MAX_METADATA_BYTES,
  MAX_METADATA_DEPTH,
  inspectMetadata,
  isForbiddenKey,
} from '../database/index.js';
import { type Judge, JudgedBy } from './judged.js';
import type { FieldError } from './problem.js';

/** The `code` of the field errors that make an answer `METADATA_FORBIDDEN_KEY`. */
export const FORBIDDEN_KEY = 'metadataForbiddenKey';

const PREFIX = 'metadata.';
const MAX_FILTERS = 10;
const MAX_FILTER_LENGTH = 1_000;
/** A body has room for thousands of them, and each would be answered with its path. */
const MAX_REPORTED = 50;
const MAX_SHOWN_LENGTH = 500;

/** A value for a `metadata` column: a JSON object without business values in it, at most 10 deep and 16 KiB. */
export const IsMetadata = () =>
  judgedBy('isMetadata', {
    additionalProperties: true,
    example: { tags: ['vip'], source: { system: 'import' } },
  });

/** `?metadata.<key>=<value>` of a list, as a map of keys to values; what a metadata column may not hold, it cannot be asked for. */
export const IsMetadataFilter = () =>
  judgedBy('isMetadataFilter', {
    additionalProperties: { type: 'string' },
    description: 'Sent as `metadata.<key>=<value>`, deeper keys as `metadata.<key>.<key>=<value>`',
  });

const judges: Record<'isMetadata' | 'isMetadataFilter', Judge> = {
  isMetadata(path, value) {
    const { isObject, isTooDeep, isTooLarge, forbidden } = inspectMetadata(value);
    const errors: FieldError[] = [];
    const add = (code: string, message: string) => errors.push({ path, code, message: `${path} ${message}` });
    if (!isObject) add('isObject', 'must be a JSON object');
    if (isTooDeep) add('metadataDepth', `must be nested at most ${MAX_METADATA_DEPTH} deep`);
    if (isTooLarge) add('metadataSize', `must be at most ${MAX_METADATA_BYTES} bytes of JSON`);
    return [
      ...errors,
      ...forbidden.slice(0, MAX_REPORTED).map((found) => forbiddenKey(`${path}.${found.path}`)),
    ];
  },

  isMetadataFilter(path, value) {
    if (!(value instanceof Map))
      return [{ path, code: 'isMetadataFilter', message: `Filter with ${path}.<key>=<value>` }];
    const filters = [...(value as Map<string, unknown>)];
    if (filters.length > MAX_FILTERS)
      return [{ path, code: 'maxFilters', message: `${path} takes at most ${MAX_FILTERS} filters` }];
    return filters.flatMap(([keys, text]) => {
      const at = shown(`${path}.${keys}`);
      if (keys.split('.').some(isForbiddenKey)) return [forbiddenKey(at)];
      if (typeof text === 'string' && keys.length + text.length <= MAX_FILTER_LENGTH) return [];
      const message = `${at} must be given once, and be at most ${MAX_FILTER_LENGTH} characters long`;
      return [{ path: at, code: 'isMetadataFilter', message }];
    });
  },
};

/** What is wrong with a value for a `metadata` column, for bodies with rules of their own. */
export const judgeMetadata: Judge = (path, value) => judges.isMetadata(path, value);

const judgedBy = (name: keyof typeof judges, schema: object) =>
  applyDecorators(
    ApiPropertyOptional({ type: 'object', ...schema } as ApiPropertyOptions),
    // As it is: class-transformer makes an object of a map, and leaves out keys such as `toString` without a word.
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]),
    JudgedBy(name, judges[name]),
  );

const forbiddenKey = (path: string): FieldError => ({
  path: shown(path),
  code: FORBIDDEN_KEY,
  message: `${shown(path)} names a business value, which has a field of its own and is no metadata`,
});

const shown = (path: string) =>
  path.length > MAX_SHOWN_LENGTH ? `${path.slice(0, MAX_SHOWN_LENGTH)}...` : path;

/**
 * Gathers `?metadata.a=1&metadata.b=2` as `metadata: Map { a => '1', b => '2' }`; DTOs without such a field refuse it.
 * A map, since Nest removes `__proto__` and `constructor` from objects, and the list would be answered unfiltered.
 */
export function addMetadataFilters(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => {
    const query = request.query as Record<string, unknown>;
    const names = Object.keys(query).filter((name) => name.startsWith(PREFIX));
    if (names.length > 0) {
      const filter = new Map<string, unknown>();
      for (const name of names) {
        filter.set(name.slice(PREFIX.length), query[name]);
        delete query[name];
      }
      query['metadata'] ??= filter;
    }
    done();
  });
}
