import { Environment } from './environment.js';
import { variablesOf, type VariableDescription } from './variable.js';

const START = '<!-- config:start -->';
const END = '<!-- config:end -->';

/** The reference as a Markdown table, laid out as prettier would, so that formatting does not change it. */
export function renderReference(): string {
  const rows = [['variable', 'default', 'unit', 'why'], ...variablesOf(Environment).map(cellsOf)];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

/** The page with the reference between its markers. Throws if the markers are missing. */
export function insertReference(page: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) throw new Error(`The page needs the lines ${START} and ${END}`);
  return `${page.slice(0, start)}${START}\n\n${renderReference()}\n\n${page.slice(end)}`;
}

/** The text of `.env.example`: every variable commented out, so that a plain copy changes nothing. */
export function renderEnvExample(): string {
  const head = '# Copy to .env and uncomment what you change. Generated from src/config/environment.ts.\n';
  return [head, ...variablesOf(Environment).map(exampleOf)].join('\n');
}

function cellsOf({ name, default: value, unit = '', why }: VariableDescription): string[] {
  return [`\`${name}\``, value === undefined ? '' : `\`${value}\``, unit, why];
}

function exampleOf({ name, default: value, example, unit, why }: VariableDescription): string {
  return `# ${why}${unit ? ` (${unit})` : ''}\n# ${name}=${value ?? example ?? ''}\n`;
}
