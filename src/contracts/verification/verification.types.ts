import type { Message } from '../interactions/canonical.js';
import type { InteractionResult } from './outcome.js';

/** An interaction as the task showed it to the provider. */
export interface SnapshotItem {
  id: string;
  operation: string;
  request: Message;
  response: Message;
}

/** A provider's word about one interaction, as it is kept. */
export interface StoredResult extends InteractionResult {
  error?: string;
  actualResponse?: Message;
}
