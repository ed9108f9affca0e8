/** One wrong field of a request: where (`limit`, `address.city`, header or path parameter), and what about it. */
export interface FieldError {
  path: string;
  code: string;
  message: string;
}

interface ProblemExtras {
  errors?: FieldError[];
  headers?: Record<string, string>;
  cause?: unknown;
}

/** An error that a client is meant to read: RFC 9457 `application/problem+json`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(`${code}: ${detail}`, { cause: extras.cause });
    this.name = 'Problem';
  }
}

/** An entry of a module's catalogue: call it to make the problem, or name it in `@Problems()` for OpenAPI. */
export interface ProblemDefinition<A extends unknown[] = never[]> {
  (...args: A): Problem;
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/**
 * Defines one problem of a module's catalogue, so that the throwing line reads as a sentence:
 * `throw problems.slugTaken(slug)`.
 * @param code SCREAMING_SNAKE; stable, clients switch on it
 * @param detail one or more sentences for a person; never echoes secrets
 */
export function defineProblem<A extends unknown[]>(
  status: number,
  code: string,
  title: string,
  detail: (...args: A) => string,
  extras?: (...args: A) => ProblemExtras,
): ProblemDefinition<A> {
  const make = (...args: A) => new Problem(status, code, title, detail(...args), extras?.(...args));
  return Object.assign(make, { status, code, title });
}
