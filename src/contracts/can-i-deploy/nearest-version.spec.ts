import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { nearestCompatible } from './nearest-version.js';

const part = fc.integer({ min: 0, max: 3 });
const version = fc.tuple(part, part, part).map((parts) => parts.join('.'));

describe('the nearest compatible version', () => {
  it.each([
    ['2.1.3', ['2.1.1', '2.1.5', '2.2.3'], 'patch', '2.1.5'],
    ['2.1.3', ['2.0.9', '2.4.0'], 'patch', undefined],
    ['2.1.3', ['2.0.9', '2.4.0', '3.1.3'], 'minor', '2.0.9'],
    ['2.1.3', ['2.1.0', '2.1.3'], 'minor', '2.1.3'],
    ['0.3.1', ['0.4.1'], 'minor', undefined],
    ['0.3.1', ['0.3.0'], 'minor', '0.3.0'],
    ['1.2.3', ['1.2.3-rc.1'], 'patch', '1.2.3-rc.1'],
    ['1.2.3', ['1.2.4-rc.1'], 'patch', undefined],
    ['v1.2.3', ['1.2.2'], 'patch', '1.2.2'],
    ['main-4711', ['1.2.2', 'main-4711'], 'minor', undefined],
    ['2.1.3', ['2.1.3'], 'none', undefined],
    ['2.1.3', [], 'minor', undefined],
  ] as const)('to %s of %j within %s is %s', (wanted, candidates, scope, nearest) =>
    expect(nearestCompatible(wanted, candidates, scope)).toBe(nearest),
  );

  it('has the same major always, the same minor within patches, and is itself where it is among them', () => {
    fc.assert(
      fc.property(
        version,
        fc.array(version),
        fc.constantFrom('patch' as const, 'minor' as const),
        (wanted, list, scope) => {
          const nearest = nearestCompatible(wanted, list, scope);
          if (nearest === undefined) return;
          const [a, b] = [wanted.split('.'), nearest.split('.')];
          expect(b[0]).toBe(a[0]);
          if (scope === 'patch') expect(b[1]).toBe(a[1]);
          if (list.includes(wanted)) expect(nearest).toBe(wanted);
          expect(nearestCompatible(nearest, [wanted], scope)).toBe(wanted);
        },
      ),
    );
  });

  it('does not depend on the order of the candidates', () => {
    fc.assert(
      fc.property(version, fc.array(version), (wanted, list) =>
        expect(nearestCompatible(wanted, list.toReversed(), 'minor')).toBe(
          nearestCompatible(wanted, list, 'minor'),
        ),
      ),
    );
  });
});
