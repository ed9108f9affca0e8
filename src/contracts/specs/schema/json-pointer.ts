/** RFC 6901, as the fragment of a URI: `#`, `#/components/schemas/Order`, `#/paths/~1orders`. undefined: nothing there. */
export function atPointer(document: unknown, reference: string): unknown {
  if (reference === '#') return document;
  if (!reference.startsWith('#/')) return undefined;
  let place: unknown = document;
  for (const token of tokensOf(reference)) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, token)) return undefined;
    place = (place as Record<string, unknown>)[token];
  }
  return place;
}

/** One step of a pointer: `/orders` becomes `~1orders`. */
export const escapeToken = (token: string): string => token.replaceAll('~', '~0').replaceAll('/', '~1');

function tokensOf(reference: string): string[] {
  try {
    return decodeURIComponent(reference.slice('#/'.length)).split('/').map(unescapeToken);
  } catch {
    return reference.slice('#/'.length).split('/').map(unescapeToken); // a percent sign that encodes nothing
  }
}

const unescapeToken = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~');
