export {
  Authenticated,
  Public,
  REQUIRED_FEATURE,
  ROUTE_ACCESS,
  RequireScope,
  type RouteAccess,
  SignedIn,
} from './access.js';
export { addBodyDepthLimit, isDeeperThan } from './body-depth.js';
export { BodyLimit, addBodyLimits } from './body-limit.js';
export { addCors } from './cors.js';
export { IfMatch, Precondition } from './etag-if-match.js';
export { ApiETag, addETags } from './etag-openapi.js';
export { etagOf, withETag } from './etag.js';
export { HttpModule } from './http.module.js';
export { httpProblems } from './http.problems.js';
export { IsDecimal } from './is-decimal.js';
export { addAccess } from './openapi-access.js';
export { ApiCreatedOrFound, ApiPage, ProblemDto, Problems, problemResponse } from './openapi.decorators.js';
export { addJsonBodies } from './json-body.js';
export { type Judge, JudgedBy } from './judged.js';
export { IsMetadata, IsMetadataFilter, addMetadataFilters, judgeMetadata } from './metadata.js';
export { Page, PageQuery, pageOf, positionOf } from './pagination.js';
export { problemDocument } from './problem-document.js';
export { type FieldError, Problem, type ProblemDefinition, defineProblem } from './problem.js';
export { PreferredType, Produces } from './produces.js';
export { RawBody, addRawBodies } from './raw-body.js';
export { Rendered, Svg } from './rendered.js';
export { LastAnswers } from './last-answers.js';
export { addRequestAbort } from './request-abort.js';
export { addRequestRules } from './request-rules.js';
export { addSecurityHeaders } from './security-headers.js';
export { Nested, type Reader, SentBody, readSent } from './sent-body.js';
export { serverOptions } from './server-options.js';
export { toProblem } from './to-problem.js';
export {
  HasNoDuplicates,
  IdParam,
  IsDay,
  IsInFuture,
  IsInstant,
  IsStorableJson,
  MaxJsonBytes,
  MayBeAbsent,
  WellFormed,
} from './validation.js';
