/** Between two slashes of a template: `orders`, `{id}`, `{name}.json`. */
export interface Segment {
  /** 0: a plain text; 1: text and parameters; 2: a parameter alone. */
  rank: 0 | 1 | 2;
  /** Text, then parameter and text in turn; the texts may be empty. */
  texts: string[];
  names: string[];
}

/** The segments of a path, without its first and last slash. */
export const splitPath = (path: string): string[] => path.replace(/^\//, '').replace(/\/$/, '').split('/');

export const segmentsOf = (template: string): Segment[] => splitPath(template).map(segmentOf);

function segmentOf(text: string): Segment {
  const parts = text.split(/\{([^{}]*)\}/);
  const texts = parts.filter((_, index) => index % 2 === 0);
  const names = parts.filter((_, index) => index % 2 === 1);
  const rank = names.length === 0 ? 0 : names.length === 1 && texts.join('') === '' ? 2 : 1;
  return { rank, texts, names };
}

/** The parameters of `path`, decoded; undefined: it does not match. Without expressions: templates are strangers'. */
export function matchPath(
  segments: readonly Segment[],
  path: readonly string[],
): Map<string, string> | undefined {
  if (segments.length !== path.length) return undefined;
  const found = new Map<string, string>();
  return segments.every((segment, index) => matchSegment(segment, path[index]!, found)) ? found : undefined;
}

/** Each parameter takes at least one character, and no more than it must; the last takes the rest. */
function matchSegment({ texts, names }: Segment, text: string, found: Map<string, string>): boolean {
  const [first = ''] = texts;
  if (names.length === 0) return decoded(text) === decoded(first);
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const [index, name] of names.entries()) {
    const next = texts[index + 1]!;
    const isLast = index === names.length - 1;
    const end = isLast ? text.length - next.length : text.indexOf(next, position + 1);
    if (end <= position || !text.startsWith(next, end)) return false;
    found.set(name, decoded(text.slice(position, end)));
    position = end + next.length;
  }
  return true;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
