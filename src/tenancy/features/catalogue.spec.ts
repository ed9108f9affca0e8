import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TENANT_PLANS } from '../../database/index.js';
import { ALL_FEATURES, FEATURES, effectiveFeature, enabledFeatures, isFeature } from './catalogue.js';

const feature = fc.constantFrom(...ALL_FEATURES);
const plan = fc.constantFrom(...TENANT_PLANS);

describe('the features of a tenant', () => {
  it('are those of its plan where nothing is overridden', () => {
    const table = TENANT_PLANS.map((of) => [of, [...enabledFeatures(of, {})]]);
    expect(table).toEqual([
      ['free', ['contracts', 'quoting']],
      ['pro', ['custom_domains', 'contracts', 'quoting']],
      ['enterprise', ['custom_domains', 'contracts', 'quoting']],
    ]);
  });

  it('are never fewer on a higher plan', () => {
    for (const { plans } of Object.values(FEATURES)) {
      const included = TENANT_PLANS.map((of) => (plans as readonly string[]).includes(of));
      expect(included).toEqual([...included].sort((a, b) => Number(a) - Number(b)));
    }
  });

  it('follow an override, whatever the plan says, and only for that feature', () => {
    fc.assert(
      fc.property(feature, feature, plan, fc.boolean(), (name, other, of, enabled) => {
        expect(effectiveFeature(name, of, { [name]: enabled })).toEqual({
          name,
          enabled,
          source: 'override',
        });
        if (other !== name)
          expect(effectiveFeature(other, of, { [name]: enabled })).toEqual(effectiveFeature(other, of, {}));
      }),
    );
  });

  it('know no others, not even those that every object has', () => {
    expect(['constructor', 'toString', '__proto__', ''].filter(isFeature)).toEqual([]);
    expect(enabledFeatures('free', { retired: true })).toEqual(enabledFeatures('free', {}));
  });
});
