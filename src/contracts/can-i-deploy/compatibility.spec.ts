import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type DeploymentFacts, type PairFacts, decide } from './compatibility.js';

const pair = (change: Partial<PairFacts> = {}): PairFacts => ({
  role: 'consumer',
  consumer: { service: 'web', version: '1.0.0' },
  provider: { service: 'orders', version: '2.1.0' },
  hasInteractions: true,
  verifications: [{ providerVersion: '2.1.0', outcome: 'passed', taskId: 't1' }],
  ...change,
});
const facts = (change: Partial<DeploymentFacts> = {}): DeploymentFacts => ({
  service: 'web',
  version: '1.0.0',
  environment: 'production',
  isVersionKnown: true,
  pairs: [pair()],
  semver: 'none',
  ...change,
});
const withPair = (change: Partial<PairFacts>, semver: DeploymentFacts['semver'] = 'none') =>
  decide(facts({ pairs: [pair(change)], semver }));

describe('can it be deployed', () => {
  it('yes where every pair has passed for exactly these versions', () => {
    expect(decide(facts())).toEqual({
      canDeploy: true,
      service: 'web',
      version: '1.0.0',
      environment: 'production',
      pairs: [
        {
          role: 'consumer',
          consumer: { service: 'web', version: '1.0.0' },
          provider: { service: 'orders', version: '2.1.0' },
          state: 'passed',
          reason: null,
          taskId: 't1',
        },
      ],
      summary: { passed: 1, failed: 0, unknown: 0 },
      reasons: [],
    });
  });

  it('yes where it meets nobody, and says so', () => {
    expect(decide(facts({ pairs: [] }))).toMatchObject({ canDeploy: true, reasons: ['NO_DEPENDENCIES'] });
  });

  it('no where the version is unknown, even if it meets nobody', () => {
    const pairs: PairFacts[] = [];
    expect(decide(facts({ isVersionKnown: false, pairs }))).toMatchObject({
      canDeploy: false,
      reasons: ['VERSION_UNKNOWN'],
    });
    expect(decide(facts({ isVersionKnown: false })).canDeploy).toBe(false);
  });

  const other = { providerVersion: '2.0.0', outcome: 'passed', taskId: 't0' } as const;
  it.each([
    ['NOT_DEPLOYED', 'unknown', { provider: { service: 'orders', version: undefined } }],
    ['NO_INTERACTIONS', 'unknown', { hasInteractions: false }],
    ['NEVER_VERIFIED', 'unknown', { verifications: [] }],
    ['NOT_VERIFIED_FOR_VERSION', 'unknown', { verifications: [other] }],
    [
      'VERIFICATION_FAILED',
      'failed',
      { verifications: [other, { ...other, providerVersion: '2.1.0', outcome: 'failed' }] },
    ],
    [
      'INCOMPLETE',
      'unknown',
      { verifications: [{ ...other, providerVersion: '2.1.0', outcome: 'incomplete' }] },
    ],
  ] as const)('no with %s', (reason, state, change) => {
    const answer = withPair(change as Partial<PairFacts>);
    expect(answer).toMatchObject({ canDeploy: false, reasons: [reason], pairs: [{ state, reason }] });
    expect(answer.summary[state]).toBe(1);
  });

  it('takes the nearest compatible result where that is allowed, and names it', () => {
    expect(withPair({ verifications: [other] }, 'minor')).toMatchObject({
      canDeploy: true,
      pairs: [{ state: 'passed', verifiedBy: '2.0.0', taskId: 't0' }],
    });
    expect(withPair({ verifications: [other] }, 'patch').canDeploy).toBe(false);
  });

  it('prefers the result for exactly this version, also where that one failed', () => {
    const exact = { providerVersion: '2.1.0', outcome: 'failed', taskId: 't1' } as const;
    expect(withPair({ verifications: [other, exact] }, 'minor').canDeploy).toBe(false);
  });

  const anyPair = fc.record({
    role: fc.constantFrom('consumer' as const, 'provider' as const),
    consumer: fc.constant({ service: 'web', version: '1' }),
    provider: fc.record({
      service: fc.constant('orders'),
      version: fc.option(fc.constantFrom('1.0.0', '1.0.1'), { nil: undefined }),
    }),
    hasInteractions: fc.boolean(),
    verifications: fc.uniqueArray(
      fc.record({
        providerVersion: fc.constantFrom('1.0.0', '1.0.1', '2.0.0'),
        outcome: fc.constantFrom('passed' as const, 'failed' as const, 'incomplete' as const),
        taskId: fc.uuid(),
      }),
      { selector: ({ providerVersion }) => providerVersion },
    ),
  });
  const anyFacts = fc.record({
    service: fc.constant('web'),
    version: fc.constant('1'),
    environment: fc.constant('production'),
    isVersionKnown: fc.boolean(),
    pairs: fc.array(anyPair),
    semver: fc.constantFrom('none' as const, 'patch' as const, 'minor' as const),
  });

  it('is yes exactly when the version is known and no pair is failed or unknown; every no has a reason', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { canDeploy, pairs, summary, reasons } = decide(given);
        expect(canDeploy).toBe(given.isVersionKnown && pairs.every(({ state }) => state === 'passed'));
        expect(summary.passed + summary.failed + summary.unknown).toBe(given.pairs.length);
        expect(pairs.every(({ state, reason }) => (state === 'passed') === (reason === null))).toBe(true);
        if (!canDeploy) expect(reasons.length).toBeGreaterThan(0);
        expect(new Set(reasons).size).toBe(reasons.length);
      }),
    );
  });

  it('never turns to yes by one more pair', () => {
    fc.assert(
      fc.property(anyFacts, anyPair, (given, more) => {
        fc.pre(!decide(given).canDeploy);
        expect(decide({ ...given, pairs: [...given.pairs, more] }).canDeploy).toBe(false);
      }),
    );
  });
});
