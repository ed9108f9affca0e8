import { describe, expect, it } from '@jest/globals';
import { openAttackedDatabase } from './attacked-database.js';
import { BROKEN_WALLS } from './broken-walls.js';
import { IS_LONG } from './places.js';
import { survey } from './survey.js';

/** What the attacks say of a database in which one wall is down. */
async function complaintsAfter(sql: string): Promise<string[]> {
  try {
    const attacked = await openAttackedDatabase(undefined, sql);
    try {
      return await survey(attacked, 'force_generic_plan');
    } finally {
      await attacked.close();
    }
  } catch (error) {
    return [String(error)];
  }
}

/** The attacks are attacked themselves: a wall that is down and unnoticed would mean that they prove nothing. */
(IS_LONG ? describe : describe.skip)('the attacks notice that', () => {
  it.each(BROKEN_WALLS)('$name', async ({ name, sql }) => {
    const complaints = await complaintsAfter(sql);
    process.stdout.write(`${name}: ${complaints.length} complaints, first: ${complaints[0]}\n`);
    expect(complaints).not.toEqual([]);
  });

  it('nothing is wrong where all walls stand', async () => {
    expect(await complaintsAfter('')).toEqual([]);
  });
});
