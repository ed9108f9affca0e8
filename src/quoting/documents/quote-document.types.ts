/**
 * A quote as its customer reads it: texts that are ready to be shown, `printable()` and not escaped. Pages and PDFs are made
 * of this and nothing else.
 */
export interface QuoteDocument {
  number: string;
  title: string;
  seller: string;
  /** What has to stand out: that it is a draft, accepted, or no longer on offer. */
  mark: string | null;
  customer: {
    name: string;
    /** Its address, from the street to the country, and its tax id. */ lines: string[];
  };
  facts: Fact[];
  /** These three may have several paragraphs, with line feeds between them. */
  description: string | null;
  terms: string | null;
  notes: string | null;
  lines: DocumentLine[];
  /** How the figures of the lines are to be read. */
  legend: string;
  /** From the sum of the lines to the total, which is the last. */
  totals: Total[];
}

/** `Valid until`, `21 December 2026`. */
export interface Fact {
  label: string;
  text: string;
}

export interface DocumentLine {
  number: string;
  description: string;
  sku: string | null;
  /** `40 hours` */
  quantity: string;
  unitPrice: string;
  /** `−10%`, `−50.00`, `−0.50 per hour` */
  discount: string | null;
  taxRate: string;
  /** Without tax and without its own discount, before that of the quote: these add up to the first of the totals. */
  amount: string;
}

export interface Total {
  label: string;
  amount: string;
}
