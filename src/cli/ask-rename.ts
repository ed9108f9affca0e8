import { ExitCode, MigrationError, type PossibleRename, renameText } from '../migrations/index.js';
import { askInTerminal } from './ask-in-terminal.js';

/** A number is asked for and not "y", so that nobody answers by habit. */
export async function askRename(
  name: string,
  candidates: PossibleRename[],
): Promise<PossibleRename | undefined> {
  console.log(`\nIs ${name} new, or was it renamed?`);
  console.log('  0  new: it is created, and what is gone is dropped with all that is in it');
  for (const [index, { from }] of candidates.entries()) console.log(`  ${index + 1}  it was ${from}`);
  const answer = await askInTerminal(`0 to ${candidates.length}: `);
  if (/^\d+$/.test(answer) && Number(answer) <= candidates.length) return candidates[Number(answer) - 1];
  throw new MigrationError(
    ExitCode.USAGE,
    `${JSON.stringify(answer)} is none of these; nothing was changed`,
    {
      hint: `Without a question: ${candidates.map((rename) => `--rename ${renameText(rename)}`).join(' or ')}`,
    },
  );
}
