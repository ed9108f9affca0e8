/** One place where an interaction contradicts the provider's description. */
export interface Violation {
  /** `request.body.items.0.id`, `response.status`, `operation`. */
  path: string;
  code: 'OPERATION_UNKNOWN' | 'STATUS_UNKNOWN' | 'SCHEMA';
  message: string;
}
