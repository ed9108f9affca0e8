import { TENANT_PLANS, type TenantPlan } from '../../database/index.js';

interface FeatureDefinition {
  description: string;
  /** The plans that include it. A feature of none is switched on tenant by tenant. */
  plans: readonly TenantPlan[];
}

/** Every feature there is. A route or an override that names another is refused. */
export const FEATURES = {
  custom_domains: {
    description: 'Claim domains of your own, verified by a DNS record',
    plans: ['pro', 'enterprise'],
  },
  contracts: { description: 'Contract testing between services', plans: TENANT_PLANS },
  quoting: { description: 'Customers, rate cards and quotes', plans: TENANT_PLANS },
  github: { description: 'GitHub App installations and webhooks; has no routes yet', plans: [] },
} as const satisfies Record<string, FeatureDefinition>;

export type Feature = keyof typeof FEATURES;
export const ALL_FEATURES = Object.keys(FEATURES) as Feature[];

export const isFeature = (name: string): name is Feature => Object.hasOwn(FEATURES, name);

/** What operators set for one tenant, past its plan: feature -> enabled. */
export type Overrides = Readonly<Record<string, boolean>>;

export interface EffectiveFeature {
  name: Feature;
  enabled: boolean;
  source: 'plan' | 'override';
}

/** Whether a tenant has the feature, and why: an override wins over the plan. */
export function effectiveFeature(name: Feature, plan: TenantPlan, overrides: Overrides): EffectiveFeature {
  const override = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
  if (override !== undefined) return { name, enabled: override, source: 'override' };
  const { plans }: FeatureDefinition = FEATURES[name];
  return { name, enabled: plans.includes(plan), source: 'plan' };
}

/** All features that a tenant has. Overrides of features that are no longer known count for nothing. */
export const enabledFeatures = (plan: TenantPlan, overrides: Overrides): ReadonlySet<Feature> =>
  new Set(ALL_FEATURES.filter((name) => effectiveFeature(name, plan, overrides).enabled));
