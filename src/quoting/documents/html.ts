/** Text that is markup already. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | Html | readonly Html[] | null;

/**
 * Markup with values in it, each escaped for text and for attributes in double quotes; null is nothing. Values do not
 * belong in scripts, styles, addresses and names of tags or attributes, where escaping does not help.
 */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(String.raw({ raw: parts }, ...values.map(markupOf)));

function markupOf(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escaped(value);
  return value.map(({ text }) => text).join('');
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
