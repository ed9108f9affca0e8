/** The media types of every answer, success and problem. */
const ANSWERED = ['application/json', 'application/problem+json'];

/**
 * Does an `Accept` header leave room for JSON? Of the ranges that match a type the most specific decides (RFC 9110,
 * 12.5.1); parameters other than `q` are not looked at. Without a header, or with one that names no range, anything goes.
 */
export function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return true;
  const ranges = accept
    // Quoted parameters may hold commas and semicolons. One that is never closed is matched too, up to the end: the
    // search would start anew at each of its quotes, 0.1 s for 16 KB of header.
    .replaceAll(/"(?:\\.?|[^"\\])*(?:"|$)/gs, '')
    .toLowerCase()
    .split(',')
    .map(toRange)
    .filter(({ range }) => /^[^\s/]+\/[^\s/]+$/.test(range));
  if (ranges.length === 0) return true;
  return ANSWERED.some((type) => qualityOf(type, ranges) > 0);
}

interface MediaRange {
  range: string;
  quality: number;
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
