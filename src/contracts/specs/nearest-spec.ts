import { type SemVer, compare, parse } from 'semver';

/** How near the version of a specification is to the one that was asked for. */
export const SPEC_MATCHES = ['exact', 'minor', 'major', 'latest'] as const;
export type SpecMatch = (typeof SPEC_MATCHES)[number];

/**
 * Of `candidates`, newest first, the one to check `version` of a provider against: itself, else the highest of the same
 * minor, else of the same major, else the newest. undefined version, or `latest`: the newest.
 */
export function nearestSpec<T extends { version: string }>(
  version: string | undefined,
  candidates: readonly T[],
): { spec: T; match: SpecMatch } | undefined {
  const [latest] = candidates;
  if (!latest) return undefined;
  const exact = candidates.find((candidate) => candidate.version === version);
  if (exact) return { spec: exact, match: 'exact' };
  const wanted = parse(version);
  if (!wanted) return { spec: latest, match: 'latest' };
  const ofMajor = candidates
    .map((spec) => ({ spec, version: parse(spec.version) }))
    .filter((each): each is { spec: T; version: SemVer } => each.version?.major === wanted.major)
    .toSorted((a, b) => compare(b.version, a.version));
  const ofMinor = ofMajor.find((each) => each.version.minor === wanted.minor);
  if (ofMinor) return { spec: ofMinor.spec, match: 'minor' };
  return ofMajor[0] ? { spec: ofMajor[0].spec, match: 'major' } : { spec: latest, match: 'latest' };
}
