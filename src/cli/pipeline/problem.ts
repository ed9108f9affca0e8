import { listOf, objectOf, textOf } from './json.js';
import { printable } from './printable.js';

const MAX_ERRORS = 20;

/** What the server said when it refused: an RFC 9457 document, as far as it was one. */
export interface Refusal {
  status: number;
  /** Absent: whoever answered was not Rowhouse. */
  code?: string | undefined;
  title?: string | undefined;
  detail?: string | undefined;
  requestId?: string | undefined;
  errors: Place[];
}

/** What is wrong, and where. */
export interface Place {
  path: string;
  message: string;
}

export function readRefusal(status: number, body: unknown): Refusal {
  const { code, title, detail, instance, errors } = objectOf(body) ?? {};
  return {
    status,
    code: textOf(code),
    title: textOf(title),
    detail: textOf(detail),
    requestId: textOf(instance),
    errors: readPlaces(errors),
  };
}

export const readPlaces = (value: unknown): Place[] =>
  (listOf(value) ?? []).flatMap((each) => {
    const { path, message } = objectOf(each) ?? {};
    return textOf(message) === undefined ? [] : [{ path: textOf(path) ?? '', message: textOf(message)! }];
  });

/** A sentence for people, and below it a line for each place. */
export function refusalInWords({ status, code, title, detail, requestId, errors }: Refusal): string {
  if (code === undefined) return `The server answered ${status}, and not as Rowhouse does.`;
  // Some problems repeat all of their places in the detail.
  const isRepeated = detail === errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
  const sentence = [title ?? code, ...(detail === undefined || isRepeated ? [] : [detail])].join(': ');
  const origin = [`${status} ${code}`, ...(requestId === undefined ? [] : [`request ${requestId}`])].join(
    ', ',
  );
  return [`${printable(sentence)} (${printable(origin)})`, ...placesInWords(errors)].join('\n');
}

/** At most twenty lines. */
export function placesInWords(places: Place[]): string[] {
  const shown = places
    .slice(0, MAX_ERRORS)
    .map(({ path, message }) => `  ${printable(path === '' ? message : `${path}: ${message}`)}`);
  return places.length > MAX_ERRORS ? [...shown, `  and ${places.length - MAX_ERRORS} more`] : shown;
}
