import { FORMATS } from '../../money/index.js';
import type { LineDraft, QuoteLine } from './draft.types.js';
import { columnText } from './line-input.js';
import type { QuoteLineInputDto, UpdateQuoteLineDto } from './quote-line-input.dto.js';

/**
 * Whether a change asks for another rate. Values are compared: who sends back the price, or the category, that the line has
 * asks for nothing. A line keeps its copied rate otherwise, whatever became of its card.
 */
export const needsRate = (before: QuoteLine, dto: UpdateQuoteLineDto): boolean =>
  (dto.itemCode !== undefined && dto.itemCode !== null) ||
  (dto.serviceCategoryId !== undefined &&
    dto.serviceCategoryId !== null &&
    dto.serviceCategoryId.toLowerCase() !== before.serviceCategoryId) ||
  (dto.unitPrice !== undefined && columnText(dto.unitPrice, FORMATS.unitPrice) !== before.unitPrice);

/** The line as a request for a rate: with what the change says, and else what the line has but for its old rate. */
export function wholeLine(before: QuoteLine, dto: UpdateQuoteLineDto): QuoteLineInputDto {
  const { kind, sku, description, quantity, discountType, discountValue, taxClass, metadata } = before;
  const kept = { kind, sku, description, quantity, discountType, discountValue, taxClass, metadata };
  const isPriced = dto.unitPrice !== undefined && dto.unitPrice !== null;
  // A price says nothing of the unit and the cost; an item brings its own.
  const ofRate = isPriced ? { unit: before.unit, unitCost: before.unitCost } : {};
  const asked = { ...kept, ...ofRate, serviceCategoryId: before.serviceCategoryId, ...sent(dto) };
  return dto.discountType === null ? { ...asked, discountValue: null } : asked;
}

/** The line with the change, at the rate it has. */
export function changedLine(before: QuoteLine, dto: UpdateQuoteLineDto): LineDraft {
  const {
    itemCode: _code,
    unitPrice: _price,
    serviceCategoryId,
    quantity,
    unitCost,
    discountValue,
    ...rest
  } = sent(dto);
  const after: LineDraft = {
    ...before,
    ...rest,
    ...(serviceCategoryId !== undefined && { serviceCategoryId: serviceCategoryId?.toLowerCase() ?? null }),
    ...(quantity !== undefined && { quantity: columnText(quantity, FORMATS.quantity)! }),
    ...(unitCost !== undefined && { unitCost: columnText(unitCost, FORMATS.unitPrice) }),
    ...(discountValue !== undefined && { discountValue: columnText(discountValue, FORMATS.unitPrice) }),
  };
  // Whoever clears the type means the whole discount.
  return dto.discountType === null ? { ...after, discountValue: null } : after;
}

const sent = (dto: UpdateQuoteLineDto): UpdateQuoteLineDto =>
  Object.fromEntries(Object.entries(dto).filter(([, value]) => value !== undefined));
