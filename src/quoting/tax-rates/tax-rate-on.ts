export const TAX_CLASSES = ['standard', 'reduced', 'exempt'] as const;
export type TaxClass = (typeof TAX_CLASSES)[number];

/** From a day on, until the next rate of its class. */
export interface TaxRate {
  taxClass: TaxClass;
  /** A fraction: `0.1500`. */
  rate: string;
  /** A date, `2026-01-01`. */
  validFrom: string;
}

const NO_TAX = '0.0000';

/** The rate of a class on a day; undefined: the tenant has none yet. What is exempt needs no row. */
export function taxRateOn(rates: readonly TaxRate[], taxClass: TaxClass, day: string): string | undefined {
  if (taxClass === 'exempt') return NO_TAX;
  let inForce: TaxRate | undefined;
  for (const rate of rates)
    if (rate.taxClass === taxClass && rate.validFrom <= day && !(rate.validFrom < (inForce?.validFrom ?? '')))
      inForce = rate;
  return inForce?.rate;
}
