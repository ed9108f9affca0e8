import { describe, expect, it } from '@jest/globals';
import { nearestSpec } from './nearest-spec.js';

const nearest = (version: string | undefined, ...versions: string[]) => {
  const found = nearestSpec(
    version,
    versions.map((each) => ({ version: each })),
  );
  return found && `${found.match} ${found.spec.version}`;
};

describe('the specification nearest to a version', () => {
  it.each([
    ['1.2.3', ['2.0.0', '1.2.3', '1.2.9'], 'exact 1.2.3'],
    ['1.2.3', ['2.0.0', '1.3.0', '1.2.1', '1.2.9'], 'minor 1.2.9'],
    ['1.2.3', ['2.0.0', '1.1.0', '1.10.0', '1.9.0'], 'major 1.10.0'],
    ['1.2.3', ['2.0.0', '3.0.0'], 'latest 2.0.0'],
    ['main', ['2.0.0', 'main'], 'exact main'],
    ['feature', ['2.0.0', 'main'], 'latest 2.0.0'],
    ['latest', ['2.0.0', '3.0.0'], 'latest 2.0.0'],
    [undefined, ['nightly', '3.0.0'], 'latest nightly'],
    ['1.0.0', [], undefined],
  ])('for %s of %j is %s', (version, versions, expected) => {
    expect(nearest(version, ...versions)).toBe(expected);
  });
});
