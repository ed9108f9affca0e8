/**
 * The repositories that the calling tenant has access to, for rooms that name one. The room that knows them provides this;
 * it stands here since rooms of the domain do not import each other. In a transaction of the tenant.
 */
export abstract class KnownRepositories {
  /** Of `owner/name`, whatever its case: the id that GitHub gave it; undefined: this tenant has none of that name. */
  abstract idOf(fullName: string): Promise<number | undefined>;

  /** What they are called now; those that the tenant has no more are absent. */
  abstract namesOf(ids: readonly number[]): Promise<ReadonlyMap<number, string>>;
}
