import { readSent } from '../../http/index.js';
import { type BatchDto, OUTCOMES, RecordInteractionDto, type RecordingDto } from './interactions.dto.js';

/** Records what is valid; what is not has its errors as the outcome. */
export async function recordBatch(
  items: unknown[],
  record: (items: RecordInteractionDto[]) => Promise<RecordingDto[]>,
): Promise<BatchDto> {
  const read = items.map(readItem);
  const recorded = await record(read.flatMap((item) => ('dto' in item ? [item.dto] : [])));
  const results = read.map((item) => ('dto' in item ? recorded.shift()! : item));
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  const summary = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)]));
  return { results, summary: summary as BatchDto['summary'] };
}

function readItem(item: unknown): { dto: RecordInteractionDto } | RecordingDto {
  const read = readSent(RecordInteractionDto, item);
  return 'dto' in read ? read : { outcome: 'invalid', errors: read.errors };
}
