import type { TaxClass } from '../tax-rates/tax-rate-on.js';

export const UNITS = ['hour', 'day', 'piece', 'fixed'] as const;
export type Unit = (typeof UNITS)[number];

/** Days from the first to the last, both in force; null: since ever, for ever. */
export interface Effective {
  effectiveFrom: string | null;
  effectiveUntil: string | null;
}

export interface RateCardFacts extends Effective {
  /** UUIDv7: the later one was made later. */
  id: string;
  currency: string;
  isDefault: boolean;
  isActive: boolean;
}

export interface RateCardItemFacts extends Effective {
  id: string;
  rateCardId: string;
  serviceCategoryId: string | null;
  itemCode: string;
  name: string;
  unit: Unit;
  baseRate: string;
  cost: string | null;
  taxClass: TaxClass;
  sortOrder: number;
}

export const RATE_SOURCES = ['explicit', 'item_code', 'service_category', 'description'] as const;
/** What a line got its unit price by. */
export type RateSource = (typeof RATE_SOURCES)[number];
