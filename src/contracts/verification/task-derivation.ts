/** What names a verification task: at most one exists per key. */
export interface TaskKey {
  provider: string;
  providerVersion: string;
  consumer: string;
  consumerVersion: string;
  environment: string;
}

/** One consumer version asks things of a provider. */
export interface Dependency {
  consumer: string;
  consumerVersion: string;
  provider: string;
}

/** What an environment looks like after the event. */
export interface EnvironmentFacts {
  environment: string;
  /** The active version of each service that is deployed there. */
  active: ReadonlyMap<string, string>;
  dependencies: readonly Dependency[];
}

/**
 * The tasks that must exist because `changed` was deployed, or because interactions of it were recorded: as a consumer,
 * against each provider that is active there; as a provider, for each consumer that is active there with a version that
 * depends on it. Running it again derives the same keys.
 */
export function tasksFor(
  changed: string,
  { environment, active, dependencies }: EnvironmentFacts,
): TaskKey[] {
  return dependencies.flatMap(({ consumer, consumerVersion, provider }) => {
    const providerVersion = active.get(provider);
    const isAffected = consumer === changed || provider === changed;
    if (!isAffected || providerVersion === undefined || active.get(consumer) !== consumerVersion) return [];
    return [{ provider, providerVersion, consumer, consumerVersion, environment }];
  });
}
