/** A line's own discount: a fraction of its amount, money, or money per unit. */
export const LINE_DISCOUNTS = ['percentage', 'fixed', 'per_unit'] as const;
/** The discount of a whole quote. */
export const QUOTE_DISCOUNTS = ['percentage', 'fixed'] as const;
export type LineDiscountType = (typeof LINE_DISCOUNTS)[number];
export type QuoteDiscountType = (typeof QUOTE_DISCOUNTS)[number];

/** All numbers are texts of decimals, as their columns hold them. A percentage is a fraction: 10 % is `0.1`. */
export interface Discount<T extends LineDiscountType = LineDiscountType> {
  type: T;
  value: string;
}

export interface LineToPrice {
  quantity: string;
  /** With tax, where the quote's prices include it. */
  unitPrice: string;
  discount?: Discount | undefined;
  /** A fraction: 15 % is `0.15`. */
  taxRate: string;
  /**
   * Who gets the odd cent, where the figures of two lines are the same: the lesser one. To be made of what a line says
   * (its sku, its description), so that neither its place nor its id has a say, and a preview equals what is stored.
   */
  key?: string;
}

export interface QuoteToPrice {
  lines: readonly LineToPrice[];
  discount?: Discount<QuoteDiscountType> | undefined;
  pricesIncludeTax: boolean;
}

/** Amounts with two places, in the quote's currency; all but `total` before tax. */
export interface LineFigures {
  /** Quantity x unit price. */
  amount: string;
  /** The line's own discount. */
  discountAmount: string;
  /** Its part of the quote's discount. */
  quoteDiscountShare: string;
  /** `amount` without both discounts. */
  net: string;
  tax: string;
  /** `net` and `tax`. */
  total: string;
}

/** What the lines of one tax rate add up to. */
export interface TaxFigures {
  /** With four places: `0.1500`. */
  taxRate: string;
  net: string;
  tax: string;
}

export interface QuoteFigures {
  /** In the order of the lines that were given. */
  lines: LineFigures[];
  /** The lines after their own discounts, before the quote's. */
  subtotal: string;
  /** The quote's own discount; the lines' shares add up to it. */
  discountAmount: string;
  /** `subtotal` without `discountAmount`. */
  netAmount: string;
  taxAmount: string;
  /** `netAmount` and `taxAmount`. */
  totalAmount: string;
  /** The highest rate first. */
  taxes: TaxFigures[];
}

export type PricingCode =
  | 'DISCOUNT_INCOMPLETE'
  | 'DISCOUNT_OVER_AMOUNT'
  | 'PERCENTAGE_OVER_100'
  | 'DISCOUNT_PLACES'
  | 'AMOUNT_TOO_LARGE';

/** Why a quote has no price: where (`lines.2.discountValue`), and what about it. */
export interface PricingProblem {
  path: string;
  code: PricingCode;
  message: string;
}

export type Pricing =
  | { figures: QuoteFigures; problems?: undefined }
  | { figures?: undefined; /** At least one. */ problems: PricingProblem[] };
