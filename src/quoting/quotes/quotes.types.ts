import type { Unit, RateSource } from '../rate-cards/rate-cards.types.js';
import type { LineDiscountType, QuoteDiscountType } from '../pricing/pricing.types.js';
import type { TaxClass } from '../tax-rates/tax-rate-on.js';

export const QUOTE_TYPES = ['fixed_price', 'time_and_materials', 'retainer'] as const;
export type QuoteType = (typeof QUOTE_TYPES)[number];

export const LINE_KINDS = ['service', 'product', 'material', 'travel', 'expense'] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** What a quote says, without its lines; columns of `quotes` and of `quote_versions`. Numbers are texts of decimals. */
export interface QuoteContent {
  customerId: string;
  projectId: string | null;
  title: string;
  description: string | null;
  type: QuoteType;
  validFrom: string;
  validUntil: string;
  currency: string;
  exchangeRate: string;
  pricesIncludeTax: boolean;
  discountType: QuoteDiscountType | null;
  discountValue: string | null;
  subtotal: string;
  discountAmount: string;
  taxAmount: string;
  totalAmount: string;
  terms: string | null;
  notes: string | null;
  internalNotes: string | null;
}

/** What a line says; columns of `quote_lines` and of `quote_line_versions`. */
export interface LineContent {
  lineNumber: number;
  kind: LineKind;
  sku: string | null;
  description: string;
  serviceCategoryId: string | null;
  rateCardItemId: string | null;
  rateSource: RateSource;
  quantity: string;
  unit: Unit;
  unitPrice: string;
  unitCost: string | null;
  discountType: LineDiscountType | null;
  discountValue: string | null;
  taxClass: TaxClass;
  taxRate: string;
  net: string;
  tax: string;
  total: string;
}
