import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_LINK_DAYS } from '../../src/quoting/public-links/link-expiry.js';
import { QUOTE_ACTIONS, QUOTE_STATUSES, statusAfter } from '../../src/quoting/quotes/quote-states.js';

describe('docs/quoting.md', () => {
  let page: string;
  beforeAll(async () => {
    page = await readFile(new URL('../../docs/quoting.md', import.meta.url), 'utf8');
  });

  it('has every way between states, and no other', () => {
    const rules = { sendingRequiresApproval: true };
    const told = [...page.matchAll(/^\| ([a-z, ]+?) +\| `([a-z]+)`/gm)]
      .filter(([, , to]) => to !== 'cancelled')
      .flatMap(([, from, to]) => from!.split(', ').map((each) => `${each} -> ${to}`));
    const ways = QUOTE_STATUSES.flatMap((from) =>
      QUOTE_ACTIONS.filter((action) => action !== 'cancel').flatMap((action) => {
        const to = statusAfter(from, action, rules);
        return to ? [`${from} -> ${to}`] : [];
      }),
    );
    expect(told.toSorted()).toEqual(ways.toSorted());
  });

  it('says how long a link lives', () => {
    const [, days] = /after (\d+)\sdays at most/.exec(page)!;
    expect(Number(days)).toBe(MAX_LINK_DAYS);
  });
});
