/** What a route answers unless it says otherwise: `@Produces()`. */
export const JSON_TYPE = 'application/json';
const PROBLEM = 'application/problem+json';

/**
 * Which of the media types that a route answers does an `Accept` header like best? Of the ranges that match a type the
 * most specific decides (RFC 9110, 12.5.1); parameters other than `q` are not looked at. Of types that are liked equally
 * the first, so that without a header, or with one that names no range, it is the route's own choice. undefined: none.
 */
export function preferredType(accept: string | undefined, types: readonly string[]): string | undefined {
  if (accept === undefined || accept === '*/*' || accept === types[0]) return types[0];
  const ranges = rangesOf(accept);
  if (ranges.length === 0) return types[0];
  const liked = types
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)[0]?.type;
  if (liked !== undefined || !types.includes(JSON_TYPE)) return liked;
  // Who reads problems can read JSON.
  return qualityOf(PROBLEM, ranges) > 0 ? JSON_TYPE : undefined;
}

interface MediaRange {
  range: string;
  quality: number;
}

function rangesOf(accept: string): MediaRange[] {
  return (
    accept
      // Quoted parameters may hold commas and semicolons. One that is never closed is matched too, up to the end: the
      // search would start anew at each of its quotes, 0.1 s for 16 KB of header.
      .replaceAll(/"(?:\\.?|[^"\\])*(?:"|$)/gs, '')
      .toLowerCase()
      .split(',')
      .map(toRange)
      .filter(({ range }) => /^[^\s/]+\/[^\s/]+$/.test(range))
  );
}

function toRange(text: string): MediaRange {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim());
  const q = parameters.find((parameter) => parameter.startsWith('q='));
  return { range, quality: q === undefined ? 1 : Number(q.slice(2)) };
}

function qualityOf(type: string, ranges: MediaRange[]): number {
  const [family] = type.split('/');
  for (const specific of [type, `${family}/*`, '*/*']) {
    const matching = ranges.filter(({ range }) => range === specific);
    if (matching.length > 0) return Math.max(...matching.map(({ quality }) => quality));
  }
  return 0;
}
