/** Who would decide; an API key has no role. */
export interface Decider {
  kind: 'api_key' | 'user';
  id: string;
  role?: string | undefined;
}

/** Only the approver who was named, or an owner of the tenant: a key cannot be named, and owns nothing. */
export const mayDecide = ({ kind, id, role }: Decider, approverId: string): boolean =>
  kind === 'user' && (id === approverId || role === 'owner');
