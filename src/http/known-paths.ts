/** The paths that have a route, whatever its method. Asked only where no route matched: it looks at every pattern. */
export class KnownPaths {
  private readonly methodsByPattern = new Map<string, Set<string>>();

  /** `pattern` as Fastify writes it: `/v1/notes/:id`. One with a wildcard names no path of its own and is left out. */
  add(pattern: string, methods: string | string[]): void {
    if (pattern.includes('*')) return;
    const known = this.methodsByPattern.get(pattern) ?? new Set();
    for (const method of [methods].flat()) known.add(method);
    this.methodsByPattern.set(pattern, known);
  }

  /** What may be asked of the path of `url`, for `Allow`; undefined: nothing is there. */
  methodsOf(url: string): string[] | undefined {
    const segments = url.split(/[?#]/, 1)[0]!.split('/');
    const methods = new Set<string>();
    for (const [pattern, ofPattern] of this.methodsByPattern) {
      if (matches(pattern.split('/'), segments)) for (const method of ofPattern) methods.add(method);
    }
    return methods.size === 0 ? undefined : [...methods.add('OPTIONS')].sort();
  }
}

const matches = (pattern: string[], segments: string[]) =>
  pattern.length === segments.length &&
  pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === decoded(segments[i]!)));

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
