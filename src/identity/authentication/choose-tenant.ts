/** What decides in which of their tenants a person acts. */
export interface TenantChoice {
  /** The tenants they are a member of. */
  memberships: readonly { tenantId: string }[];
  /** The tenant that the token was made for; undefined: for none. */
  boundTo?: { tenantId: string | undefined };
  /** The tenant that `X-Tenant` names, if it is one of theirs; undefined: no header. */
  wanted?: { tenantId: string | undefined };
}

export type ChosenTenant = { tenantId: string } | 'not found' | 'none' | 'several';

/**
 * A token's organization binds: the header may only repeat it. Without either, a single membership needs no choice. A tenant
 * they are not in is not found, whether it exists or not.
 */
export function chooseTenant({ memberships, boundTo, wanted }: TenantChoice): ChosenTenant {
  const isMember = (tenantId: string | undefined) =>
    memberships.some((membership) => membership.tenantId === tenantId);
  const named = boundTo ?? wanted;
  if (named) {
    const isContradicted = wanted && wanted.tenantId !== named.tenantId;
    return named.tenantId === undefined || isContradicted || !isMember(named.tenantId)
      ? 'not found'
      : { tenantId: named.tenantId };
  }
  const [first, second] = memberships;
  if (!first) return 'none';
  return second ? 'several' : { tenantId: first.tenantId };
}
