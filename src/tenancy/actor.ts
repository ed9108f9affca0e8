/** `operator`: somebody of the platform, in the log of the tenant they acted upon. */
export const ACTOR_TYPES = ['api_key', 'user', 'system', 'operator'] as const;
export type ActorType = (typeof ACTOR_TYPES)[number];

/** Who acts, for the audit log and the `created_by` columns. */
export interface Actor {
  type: Exclude<ActorType, 'operator'>;
  id: string;
}
