import type { FastifyError, FastifyInstance } from 'fastify';
import { httpProblems } from './http.problems.js';

/** Fastify's own parser, which refuses `__proto__`, with words that say what is wrong. Before there are routes. */
export function addJsonBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser('application/json');
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    void parse(request, text, (error: FastifyError | Error | null, body?: unknown) =>
      error ? done(httpProblems.bodyMalformed(faultOf(text))) : done(null, body),
    );
  });
}

/** What is wrong with a text that was refused. V8 tells the place only of some faults, and would quote the body. */
export function faultOf(text: string): string {
  if (text.trim() === '') return 'The body is empty: send a JSON object.';
  try {
    JSON.parse(text);
  } catch (error) {
    return `The body is not valid JSON${placeIn((error as Error).message)}.`;
  }
  return 'The body has a key that no JSON of this API may have: `__proto__`, or `constructor` with a `prototype` in it.';
}

function placeIn(message: string): string {
  if (message.startsWith('Unexpected end')) return ': it ends too early';
  const [, line, column] = /\(line (\d+) column (\d+)\)$/.exec(message) ?? [];
  return line === undefined ? '' : `: line ${line}, column ${column}`;
}
