import type { ErrorObject } from 'ajv';
import { entriesOf, isObject, own } from '../schema/dialect.js';
import { escapeToken } from '../schema/json-pointer.js';
import { type Check, officialCheck } from './official-schema.js';
import { dialectOf } from './openapi-document.js';
import { isLargerThan } from './size.js';
import { pause } from './pause.js';
import { type DocumentProblem, Problems } from './problems.js';
import { referenceProblems } from './references.js';

/** Of one path or schema, which is checked in one turn; the largest of GitHub's holds 5,000. */
const MAX_PART_VALUES = 100_000;

/** All are indexed when a message is checked; the most that a public API is known for is some 17,000. */
const MAX_PATHS = 20_000;

/**
 * What keeps an uploaded value from being an OpenAPI 3.0 or 3.1 document, with the places; empty: nothing. Large ones are
 * looked at in parts, with turns for others in between. To be bounded in bytes and depth before.
 */
export async function documentProblems(document: unknown): Promise<DocumentProblem[]> {
  if (!dialectOf(document))
    return [{ path: '/openapi', code: 'version', message: 'must be an OpenAPI version 3.0.x or 3.1.x' }];
  const problems = await schemaProblems(document as Record<string, unknown>);
  return problems.length > 0 ? problems : referenceProblems(document);
}

async function schemaProblems(document: Record<string, unknown>): Promise<DocumentProblem[]> {
  const problems = new Problems();
  const rest = pause();
  if (isObject(document['paths']) && Object.keys(document['paths']).length > MAX_PATHS)
    problems.add('/paths', `must not hold more than ${MAX_PATHS} paths`, 'size');
  for (const { check, pointer, value } of partsOf(document)) {
    if (problems.isFull) break;
    const turn = rest();
    if (turn) await turn;
    if (isLargerThan(MAX_PART_VALUES, value)) {
      problems.add(pointer, `must not hold more than ${MAX_PART_VALUES} values in one piece`, 'size');
      continue;
    }
    const error = tellingOf(check(value));
    if (error) problems.add(`${pointer}${error.instancePath}`, messageOf(error), error.keyword);
  }
  return problems.all;
}

interface DocumentPart {
  check: Check;
  pointer: string;
  value: unknown;
}

/** The document without what it is mostly made of, then paths, webhooks and schemas one by one. */
function* partsOf(document: Record<string, unknown>): Generator<DocumentPart> {
  const dialect = dialectOf(document)!;
  const { paths, webhooks, components } = document;
  const schemas = own(components, 'schemas');
  yield { check: officialCheck(dialect, 'document'), pointer: '', value: shellOf(document) };
  for (const [template, value] of entriesOf(paths)) {
    if (template.startsWith('x-')) continue;
    const pointer = `/paths/${escapeToken(template)}`;
    const check = template.startsWith('/') ? officialCheck(dialect, 'pathItem') : () => [PATH_ERROR];
    yield { check, pointer, value };
  }
  for (const [name, value] of entriesOf(webhooks))
    yield { check: officialCheck(dialect, 'pathItem'), pointer: `/webhooks/${escapeToken(name)}`, value };
  for (const [name, value] of entriesOf(schemas)) {
    // 3.0 has no reference in its definition of a schema.
    if (dialect === '3.0' && isObject(value) && typeof value['$ref'] === 'string') continue;
    yield {
      check: officialCheck(dialect, 'schema'),
      pointer: `/components/schemas/${escapeToken(name)}`,
      value,
    };
  }
}

/** Examples and extensions have no rules; the others have turns of their own. */
function shellOf(document: Record<string, unknown>): Record<string, unknown> {
  const { paths, webhooks, components } = document;
  return {
    ...Object.fromEntries(Object.entries(document).filter(([key]) => !key.startsWith('x-'))),
    ...(isObject(paths) && { paths: {} }),
    ...(isObject(webhooks) && dialectOf(document) === '3.1' && { webhooks: {} }),
    ...(isObject(components) && {
      components: { ...components, ...emptied(components, 'schemas'), ...emptied(components, 'examples') },
    }),
  };
}

const emptied = (of: unknown, key: string) => (isObject(own(of, key)) ? { [key]: {} } : {});

const PATH_ERROR: ErrorObject = {
  instancePath: '',
  schemaPath: '',
  keyword: 'pattern',
  params: {},
  message: 'a path must begin with "/"',
};

/** Of several, which are of the branches of a `oneOf`, the one deepest in the document: where somebody was mistaken. */
const tellingOf = (errors: ErrorObject[]): ErrorObject | undefined =>
  errors.toSorted((a, b) => depthOf(b) - depthOf(a))[0];

const depthOf = ({ instancePath }: ErrorObject) => instancePath.split('/').length;

function messageOf({ message = 'is not valid', params }: ErrorObject): string {
  const { additionalProperty, unevaluatedProperty, allowedValues } = params as Record<string, unknown>;
  const name = additionalProperty ?? unevaluatedProperty;
  if (typeof name === 'string') return `${message}: "${name.slice(0, 200)}"`;
  return Array.isArray(allowedValues) ? `${message}: ${allowedValues.join(', ')}` : message;
}
