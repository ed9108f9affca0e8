/** What a provider says about one interaction. */
export interface InteractionResult {
  interactionId: string;
  success: boolean;
}

export const OUTCOMES = ['passed', 'failed', 'incomplete'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * The outcome of results against a task's snapshot: failed if one failed, passed if all were covered, else incomplete.
 * Of two results for one interaction both count: a success does not hide a failure.
 */
export function outcomeOf(snapshot: readonly string[], results: readonly InteractionResult[]): Outcome {
  if (results.some(({ success }) => !success)) return 'failed';
  const covered = new Set(results.map(({ interactionId }) => interactionId));
  return snapshot.length > 0 && snapshot.every((id) => covered.has(id)) ? 'passed' : 'incomplete';
}

/** Results for interactions that are not of the task, each once. */
export function strangersIn(snapshot: readonly string[], results: readonly InteractionResult[]): string[] {
  const known = new Set(snapshot);
  return [...new Set(results.map(({ interactionId }) => interactionId).filter((id) => !known.has(id)))];
}
