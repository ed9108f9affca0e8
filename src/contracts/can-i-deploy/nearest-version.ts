import { SemVer, compare, parse, satisfies } from 'semver';

/** How far another version's result may count: not at all, within the same patches (`~`), or minors (`^`). */
export const SEMVER_SCOPES = ['none', 'patch', 'minor'] as const;
export type SemverScope = (typeof SEMVER_SCOPES)[number];

/**
 * The candidate nearest to `version` among those that npm's ranges call compatible with it, in both directions: `~` for
 * patch, `^` for minor, so that a minor of 0.x breaks. Of two that are equally near, the newer. undefined: none is, or
 * `version` is no semantic version (https://semver.org).
 */
export function nearestCompatible(
  version: string,
  candidates: readonly string[],
  scope: SemverScope,
): string | undefined {
  const wanted = parse(version);
  if (scope === 'none' || !wanted) return undefined;
  return candidates
    .map((text) => ({ text, parsed: parse(text) }))
    .filter((candidate): candidate is Candidate => candidate.parsed !== null)
    .filter(({ parsed }) => areCompatible(wanted, parsed, scope))
    .toSorted((a, b) => byDistance(wanted, a.parsed, b.parsed))[0]?.text;
}

interface Candidate {
  text: string;
  parsed: SemVer;
}

function areCompatible(a: SemVer, b: SemVer, scope: 'patch' | 'minor'): boolean {
  const [older, newer] = compare(a, b) <= 0 ? [a, b] : [b, a];
  return satisfies(newer, `${scope === 'patch' ? '~' : '^'}${older.version}`);
}

function byDistance(wanted: SemVer, a: SemVer, b: SemVer): number {
  const gap = (of: SemVer, part: 'minor' | 'patch') => Math.abs(of[part] - wanted[part]);
  return gap(a, 'minor') - gap(b, 'minor') || gap(a, 'patch') - gap(b, 'patch') || compare(b, a);
}
