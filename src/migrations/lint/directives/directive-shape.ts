import type { Directive } from '../../sql/directive.js';
import type { StepContext } from '../rule.js';

/** How many words a directive takes, and which options; `confirm` names an object that may hold spaces. */
const shapes: Record<string, { words: string[]; options?: string[] }> = {
  'no-transaction': { words: [] },
  data: { words: [] },
  'assert-empty': { words: ['<table>'] },
  'expanded-by': { words: ['<tag>'] },
  irreversible: { words: [], options: ['reason'] },
  confirm: { words: ['<rule>', '<object>'], options: ['reason'] },
  allow: { words: ['<rule>'], options: ['reason', 'until'] },
};

/** What is wrong with the form of a directive whose name is known, in a sentence. */
export function shapeProblem(
  { name, words, options }: Directive,
  { folder, tag }: StepContext,
): string | undefined {
  const { words: wanted, options: known = [] } = shapes[name] ?? { words: [] };
  const form = [`-- rowhouse:${name}`, ...wanted, ...known.map(formOf)].join(' ');
  if (words.length < wanted.length) return `It lacks ${wanted[words.length]}; write: ${form}`;
  if (words.length > wanted.length && name !== 'confirm')
    return `"${words[wanted.length]}" is one word too many; write: ${form} (a reason stands in double quotes)`;
  const strange = Object.keys(options).find((option) => !known.includes(option));
  if (strange) return `It takes no ${strange}=; write: ${form}`;
  if (name === 'expanded-by' && !isEarlier(words[0], tag, folder.journal ?? []))
    return `"${words[0]}" is no step before this one`;
  return undefined;
}

const formOf = (option: string) => (option === 'until' ? '[until=YYYY-MM-DD]' : `${option}="..."`);

const isEarlier = (tag: string | undefined, own: string, journal: { tag: string }[]) => {
  const index = journal.findIndex((entry) => entry.tag === tag);
  return index >= 0 && index < journal.findIndex((entry) => entry.tag === own);
};
