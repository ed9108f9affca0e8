import type { Budget } from './schema/budget.js';
import type { CompiledDocument, Operation } from './operations.js';
import { matchPath, splitPath } from './path-template.js';

const STEPS_PER_SEGMENT = 8;

/** What a recording says about which operation it is of. */
export interface OperationHint {
  /** An operationId, or method and path: `GET /orders/{id}`, `GET /orders/1`. */
  operation: string;
  method?: string | undefined;
  /** Concrete; a query behind it is not looked at. */
  path?: string | undefined;
}

export interface FoundOperation {
  operation: Operation;
  /** Of the path, where a concrete one is known. */
  pathParameters?: Map<string, string>;
  /** false: the request goes to another path than the operation that was named. */
  isOfPath: boolean;
}

/**
 * By its id, its method and template, or the method and path of the request; undefined: the document knows none.
 * Throws `BudgetSpent` where too many paths are alike.
 */
export function findOperation(
  document: CompiledDocument,
  { operation: name, method, path }: OperationHint,
  budget: Budget,
): FoundOperation | undefined {
  const [verb, place] = partsOf(name);
  const named =
    document.withId(name) ?? (place === undefined ? undefined : document.named(`${verb} ${place}`));
  if (!named) {
    const byName = place === undefined ? undefined : match(document, verb, place, budget);
    return (
      byName ??
      (method === undefined || path === undefined ? undefined : match(document, method, path, budget))
    );
  }
  // A recording may name the template instead of a path.
  if (path === undefined || pathsOf(document, path).includes(named.template))
    return { operation: named, isOfPath: true };
  const pathParameters = parametersOf(document, named, path);
  return pathParameters
    ? { operation: named, pathParameters, isOfPath: true }
    : { operation: named, isOfPath: false };
}

function partsOf(name: string): [string, string?] {
  const [, verb, place] = /^([A-Za-z]+)\s+((?:https?:\/)?\/\S*)$/.exec(name) ?? [];
  return verb === undefined ? [name] : [verb.toUpperCase(), place!];
}

function match(
  document: CompiledDocument,
  method: string,
  path: string,
  budget: Budget,
): FoundOperation | undefined {
  for (const candidate of pathsOf(document, path)) {
    const parts = splitPath(candidate);
    for (const operation of document.ofShape(method.toUpperCase(), parts.length)) {
      budget.spend(parts.length * STEPS_PER_SEGMENT);
      const pathParameters = matchPath(operation.segments, parts);
      if (pathParameters) return { operation, pathParameters, isOfPath: true };
    }
  }
  return undefined;
}

function parametersOf(document: CompiledDocument, { segments }: Operation, path: string) {
  for (const candidate of pathsOf(document, path)) {
    const found = matchPath(segments, splitPath(candidate));
    if (found) return found;
  }
  return undefined;
}

/** As it stands, and below the path of each server. */
function pathsOf({ basePaths }: CompiledDocument, path: string): string[] {
  const plain = withoutQuery(path);
  const below = basePaths.filter((base) => plain === base || plain.startsWith(`${base}/`));
  return [plain, ...below.map((base) => plain.slice(base.length) || '/')];
}

const withoutQuery = (path: string) => path.replace(/[?#].*$/s, '').replace(/^[a-z]+:\/\/[^/]*/i, '') || '/';
