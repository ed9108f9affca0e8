import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { badUsage } from './ending.js';
import { parseJson } from './json.js';
import { printable } from './printable.js';

/**
 * All of a file, or with `-` of the standard input, without a byte order mark.
 * @throws PipelineError where it cannot be read
 */
export async function readInput(source: string): Promise<string> {
  try {
    const read = await (source === '-' ? text(process.stdin) : readFile(source, 'utf8'));
    return read.replace(/^\u{feff}/u, '');
  } catch (error) {
    throw badUsage(
      `Cannot read ${printable(source)}: ${(error as NodeJS.ErrnoException).code ?? 'it is too large'}`,
    );
  }
}

/**
 * The values of a JSON array, or of JSON lines; a single object is one value.
 * @throws PipelineError with the number of the first line that is no JSON
 */
export function parseItems(input: string): unknown[] {
  const whole = parseJson(input);
  if (whole !== undefined) return Array.isArray(whole) ? whole : [whole];
  if (input.trimStart().startsWith('[')) throw badUsage('The interactions are not valid JSON.');
  return input.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const item = parseJson(line);
    if (item === undefined)
      throw badUsage(`Line ${index + 1} of the interactions is not valid JSON (one value per line).`);
    return [item];
  });
}
