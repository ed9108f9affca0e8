import { validateSync } from 'class-validator';
import { fieldErrors } from '../../http/index.js';
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
  const isObject = typeof item === 'object' && item !== null && !Array.isArray(item);
  if (!isObject) return invalid([{ path: '', code: 'isObject', message: 'must be an object' }]);
  // Not by class-transformer: it would copy every message, to its last value, and no field is of a class.
  const dto = Object.assign(new RecordInteractionDto(), item);
  const errors = validateSync(dto, { whitelist: true, forbidNonWhitelisted: true });
  return errors.length === 0 ? { dto } : invalid(errors.flatMap((error) => fieldErrors(error)));
}

const invalid = (errors: NonNullable<RecordingDto['errors']>): RecordingDto => ({
  outcome: 'invalid',
  errors,
});
