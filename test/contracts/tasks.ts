export interface InteractionResult {
  interactionId: string;
  success: boolean;
  error?: string;
  actualResponse?: object;
}

export interface Task {
  id: string;
  consumer: string;
  consumerVersion: string;
  provider: string;
  providerVersion: string;
  environment: string;
  status: 'open' | 'verified' | 'failed' | 'superseded';
  interactionCount: number;
}

export interface TaskWithInteractions extends Task {
  interactions: { id: string; operation: string }[];
}

export type Outcome = 'passed' | 'failed' | 'incomplete';

/** Results that lead to the outcome; `incomplete` leaves the last interaction out, so that there must be two. */
export function resultsFor({ interactions }: TaskWithInteractions, outcome: Outcome): InteractionResult[] {
  const told = outcome === 'incomplete' ? interactions.slice(0, -1) : interactions;
  return told.map(({ id }) => ({ interactionId: id, success: outcome !== 'failed' }));
}
