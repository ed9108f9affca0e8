import pluralize from 'pluralize';
import { refusal } from './refusal.ts';
import { ownerOf } from './reserved.ts';

/** One noun, as code and people write it; `invoice line` stands for any. */
export interface Noun {
  /** `invoice-line` */
  kebab: string;
  /** `invoice_line` */
  snake: string;
  /** `invoiceLine` */
  camel: string;
  /** `InvoiceLine` */
  pascal: string;
  /** `INVOICE_LINE` */
  constant: string;
  /** `invoice line` */
  spoken: string;
  /** `Invoice line` */
  title: string;
  /** `an invoice line` */
  withArticle: string;
}

export interface ResourceNames {
  one: Noun;
  many: Noun;
}

const WORDS = /^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/;
/** Of what is named after a table, its longest constraints leave so much of PostgreSQL's 63 bytes. */
const LONGEST = 40;

/** From `invoice-lines`, or `invoiceLines` or `InvoiceLines`. Refuses what is no plural, or somebody's word already. */
export function resourceNames(name: string): ResourceNames {
  const kebab = name.replace(/^[A-Z]/, lower).replaceAll(/[A-Z]/g, (letter) => `-${lower(letter)}`);
  if (!WORDS.test(kebab))
    throw refusal(`"${name}" is no name: give words of letters and digits, as in rate-cards`);
  if (kebab.length > LONGEST) throw refusal(`"${name}" is too long: ${LONGEST} characters at most`);
  const singular = pluralize.singular(kebab);
  const plural = pluralize.plural(kebab);
  if (singular === plural)
    throw refusal(`"${name}" is the same in singular and plural: give it another name, as in ${kebab}-items`);
  if (kebab !== plural) throw refusal(`"${name}" is one of them: name the resource by its plural, ${plural}`);
  const names = { one: noun(singular), many: noun(plural) };
  for (const { camel, snake } of Object.values(names)) {
    const owner = ownerOf(camel, snake);
    if (owner) throw refusal(`"${camel}" is a word of ${owner}: choose another name than ${name}`);
  }
  return names;
}

function noun(kebab: string): Noun {
  const spoken = kebab.replaceAll('-', ' ');
  const snake = kebab.replaceAll('-', '_');
  const camel = kebab.replaceAll(/-([a-z])/g, (_, letter: string) => upper(letter));
  return {
    kebab,
    snake,
    camel,
    pascal: capitalized(camel),
    constant: upper(snake),
    spoken,
    title: capitalized(spoken),
    withArticle: `${/^[aeiou]/.test(spoken) ? 'an' : 'a'} ${spoken}`,
  };
}

const lower = (text: string) => text.toLowerCase();
const upper = (text: string) => text.toUpperCase();
const capitalized = (text: string) => upper(text.slice(0, 1)) + text.slice(1);
