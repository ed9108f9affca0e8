import type { Metadata } from '../../database/index.js';
import { canonical, type Format, FORMATS } from '../../money/index.js';
import type { LineDiscountType } from '../pricing/pricing.types.js';
import type { Unit } from '../rate-cards/rate-cards.types.js';
import type { TaxClass } from '../tax-rates/tax-rate-on.js';
import type { QuoteLineInputDto } from './quote-line-input.dto.js';
import type { LineKind } from './quotes.types.js';

/** A line as somebody asked for it, with its place and its id; null is what was not said. */
export interface LineInput {
  id: string;
  lineNumber: number;
  kind: LineKind;
  sku: string | null;
  description: string;
  itemCode: string | null;
  serviceCategoryId: string | null;
  quantity: string;
  unit: Unit | null;
  unitPrice: string | null;
  unitCost: string | null;
  discountType: LineDiscountType | null;
  discountValue: string | null;
  taxClass: TaxClass | null;
  metadata: Metadata;
}

/** @param dto as the rules of lines let it pass */
export const lineInput = (
  dto: QuoteLineInputDto,
  place: Pick<LineInput, 'id' | 'lineNumber'>,
): LineInput => ({
  ...place,
  kind: dto.kind ?? 'service',
  sku: dto.sku ?? null,
  description: dto.description,
  itemCode: dto.itemCode ?? null,
  serviceCategoryId: dto.serviceCategoryId?.toLowerCase() ?? null,
  quantity: columnText(dto.quantity, FORMATS.quantity)!,
  unit: dto.unit ?? null,
  unitPrice: columnText(dto.unitPrice, FORMATS.unitPrice),
  unitCost: columnText(dto.unitCost, FORMATS.unitPrice),
  discountType: dto.discountType ?? null,
  discountValue: columnText(dto.discountValue, FORMATS.unitPrice),
  taxClass: dto.taxClass ?? null,
  metadata: dto.metadata ?? {},
});

/** A number that the rules let pass, as its column has it. */
export const columnText = (sent: unknown, format: Format): string | null =>
  sent === undefined || sent === null ? null : canonical(sent, format).text!;
