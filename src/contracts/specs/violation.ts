/** One place where a message contradicts what was promised. */
export class Violation {
  /** @example response.body.items.0.id */
  path!: string;
  /** `OPERATION_UNKNOWN`, `STATUS_UNKNOWN`, or the rule of the schema that does not hold. @example type */
  code!: string;
  /** @example "must be integer" */
  message!: string;
}
