/** What tells lines apart whose figures are the same. */
interface Told {
  sku?: string | null | undefined;
  description: string;
}

/** `LineToPrice.key` of a line: the same in a preview, when it is stored, and wherever it stands. */
export const lineKey = ({ sku, description }: Told): string => JSON.stringify([sku ?? null, description]);
