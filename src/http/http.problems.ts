import { type FieldError, defineProblem } from './problem.js';

const RETRY_SOON = { 'retry-after': '1' };

/** Problems that any route may answer. */
export const httpProblems = {
  validationFailed: defineProblem(
    400,
    'VALIDATION_FAILED',
    'Request is not valid',
    (errors: FieldError[]) => errors.map(({ message }) => message).join('; '),
    (errors) => ({ errors }),
  ),
  metadataForbiddenKey: defineProblem(
    400,
    'METADATA_FORBIDDEN_KEY',
    'Metadata names a business value',
    (errors: FieldError[]) => errors.map(({ message }) => message).join('; '),
    (errors) => ({ errors }),
  ),
  bodyMalformed: defineProblem(400, 'BODY_MALFORMED', 'Body is not valid JSON', (fault: string) => fault),
  bodyTooDeep: defineProblem(
    400,
    'BODY_TOO_DEEP',
    'Body is nested too deep',
    (maxDepth: number) => `Objects and lists may stand in each other at most ${maxDepth} deep.`,
  ),
  valueRefused: defineProblem(
    400,
    'VALUE_REFUSED',
    'Value cannot be stored',
    () =>
      'The request holds a value that the database cannot store, such as a NUL character, a number out of range, or a text that is too long.',
  ),
  cursorInvalid: defineProblem(
    400,
    'CURSOR_INVALID',
    'Cursor is not valid',
    () => 'The cursor in `after` was not issued for this list; take it unchanged from `page.next`.',
    () => ({
      errors: [{ path: 'after', code: 'cursor', message: 'after must be a cursor issued for this list' }],
    }),
  ),
  ifMatchInvalid: defineProblem(
    400,
    'IF_MATCH_INVALID',
    'If-Match is not valid',
    () =>
      'Send the `ETag` of the answer unchanged, with its quotes, several with commas between them, or `*`.',
  ),
  preconditionFailed: defineProblem(
    412,
    'PRECONDITION_FAILED',
    'Changed in the meantime',
    () => 'The resource is no longer the one that `If-Match` names. Nothing was stored; read it again.',
  ),
  hostMissing: defineProblem(
    400,
    'HOST_MISSING',
    'Host is missing',
    () => 'An HTTP/1.1 request names its host in the header `Host`.',
  ),
  routeNotFound: defineProblem(
    404,
    'NOT_FOUND',
    'Not found',
    (method: string, path: string) => `There is no ${method} ${path}; /docs lists every route.`,
  ),
  methodNotAllowed: defineProblem(
    405,
    'METHOD_NOT_ALLOWED',
    'Method not allowed',
    (allowed: string[]) => `This path can be asked for ${allowed.join(', ')}.`,
    (allowed) => ({ headers: { allow: allowed.join(', ') } }),
  ),
  notAcceptable: defineProblem(
    406,
    'NOT_ACCEPTABLE',
    'Not acceptable',
    (types: readonly string[]) =>
      `Answers are ${types.join(' or ')}, errors application/problem+json, and the header \`Accept\` excludes them.`,
  ),
  encodingUnsupported: defineProblem(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Encoding not supported',
    () => 'The body must be sent as it is, without a `Content-Encoding`.',
    () => ({ headers: { 'accept-encoding': 'identity' } }),
  ),
  requestIncomplete: defineProblem(
    408,
    'REQUEST_INCOMPLETE',
    'Request did not arrive in time',
    () => 'The whole request must arrive in time; the server has closed the connection.',
  ),
  expectationFailed: defineProblem(
    417,
    'EXPECTATION_FAILED',
    'Expectation failed',
    () => 'The header `Expect` may say 100-continue and nothing else.',
  ),
  clientGone: defineProblem(
    499,
    'CLIENT_GONE',
    'Client closed the request',
    () => 'The client went away before it was answered. What was not committed by then is rolled back.',
  ),
  requestTimeout: defineProblem(
    503,
    'REQUEST_TIMEOUT',
    'The request took too long',
    () =>
      'The request took longer than the server allows, and was cancelled. A change that was being committed at that moment may be stored all the same: read the data before you send it again, or send it with the same Idempotency-Key.',
    () => ({ headers: RETRY_SOON }),
  ),
  transactionConflict: defineProblem(
    409,
    'TRANSACTION_CONFLICT',
    'Conflict with a concurrent change',
    () =>
      'Another request changed the same data at the same moment. Nothing was stored; the request may be sent again.',
  ),
  databaseUnavailable: defineProblem(
    503,
    'DATABASE_UNAVAILABLE',
    'Database is not available',
    () => 'The database cannot be reached at the moment. Nothing was stored; try again.',
    () => ({ headers: RETRY_SOON }),
  ),
  databaseBusy: defineProblem(
    503,
    'DATABASE_BUSY',
    'Too many requests wait for the database',
    () =>
      'No database connection is free for this tenant and too many requests wait already. Nothing was stored; try again.',
    () => ({ headers: RETRY_SOON }),
  ),
  tooManyLargeBodies: defineProblem(
    503,
    'TOO_MANY_LARGE_BODIES',
    'Too many large bodies at once',
    () => 'This server is reading as many large bodies as it may. Nothing was read of this one; try again.',
    () => ({ headers: RETRY_SOON }),
  ),
  outcomeUnknown: defineProblem(
    503,
    'COMMIT_OUTCOME_UNKNOWN',
    'Outcome unknown',
    () =>
      'The connection to the database was lost while the change was being stored. Read the data before you send the request again.',
    () => ({ headers: RETRY_SOON }),
  ),
  queryTimeout: defineProblem(
    503,
    'QUERY_TIMEOUT',
    'The database took too long',
    () => 'A statement or a lock exceeded its time limit. Nothing was stored; try again.',
    () => ({ headers: RETRY_SOON }),
  ),
  schemaChanged: defineProblem(
    503,
    'SCHEMA_CHANGED',
    'The schema changed',
    () => 'The database schema was changed while the request ran. Nothing was stored; try again.',
    () => ({ headers: RETRY_SOON }),
  ),
  internal: defineProblem(
    500,
    'INTERNAL_ERROR',
    'Internal error',
    (requestId: string) => `Something failed on our side. It is logged under request id ${requestId}.`,
  ),
};
