import type { ErrorObject } from 'ajv';
import { entriesOf, isObject, own } from '../schema/dialect.js';
import { escapeToken } from '../schema/json-pointer.js';
import { type Check, officialCheck } from './official-schema.js';
import { dialectOf } from './openapi-document.js';
import { pause } from './pause.js';
import { type DocumentProblem, Problems } from './problems.js';
import { referenceProblems } from './references.js';

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
  for (const { check, pointer, value } of partsOf(document)) {
    if (problems.isFull) break;
    const turn = rest();
    if (turn) await turn;
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

/** Paths and schemas one by one, and the document without them. */
function* partsOf(document: Record<string, unknown>): Generator<DocumentPart> {
  const dialect = dialectOf(document)!;
  const { paths, components } = document;
  const schemas = own(components, 'schemas');
  const shell = {
    ...document,
    // 3.0 must have paths, 3.1 one of three; the extensions among the paths are anybody's.
    ...(isObject(paths) && { paths: {} }),
    ...(isObject(components) && isObject(schemas) && { components: { ...components, schemas: {} } }),
  };
  yield { check: officialCheck(dialect, 'document'), pointer: '', value: shell };
  for (const [template, value] of entriesOf(paths)) {
    if (template.startsWith('x-')) continue;
    const pointer = `/paths/${escapeToken(template)}`;
    if (template.startsWith('/')) yield { check: officialCheck(dialect, 'pathItem'), pointer, value };
    else yield { check: () => [PATH_ERROR], pointer, value };
  }
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
