import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { numberOf, planRenumbering } from './plan-renumbering.js';

const journal = (...tags: string[]) =>
  tags.map((tag, idx) => ({ idx, tag, when: 1000 + idx, breakpoints: true }));
const tagsOf = (plan: ReturnType<typeof planRenumbering>) => plan?.map(({ to }) => to.tag);

describe('planRenumbering', () => {
  it('moves the later of two steps behind the other', () => {
    expect(tagsOf(planRenumbering(journal('0000_a', '0001_b', '0001_c'), new Set()))).toEqual([
      '0000_a',
      '0001_b',
      '0002_c',
    ]);
  });

  it('keeps the order of a branch with several steps', () => {
    const plan = planRenumbering(journal('0000_a', '0001_b', '0001_c', '0002_d'), new Set(['0000_a']));
    expect(tagsOf(plan)).toEqual(['0000_a', '0001_b', '0002_c', '0003_d']);
  });

  it('never renames what is applied: then the other one moves', () => {
    const plan = planRenumbering(journal('0000_a', '0001_b', '0001_c'), new Set(['0000_a', '0001_c']));
    expect(tagsOf(plan)).toEqual(['0000_a', '0001_c', '0002_b']);
    expect(planRenumbering(journal('0001_b', '0001_c'), new Set(['0001_b', '0001_c']))).toBeUndefined();
  });

  it('gives what it moves a later "when" than the step before', () => {
    const entries = journal('0000_a', '0001_b', '0001_c');
    entries[2] = { ...entries[2]!, when: 5 };
    expect(planRenumbering(entries, new Set())?.map(({ to }) => to.when)).toEqual([1000, 1001, 1002]);
  });

  it('changes nothing where every step has a number of its own', () => {
    const entries = journal('0000_a', '0001_b', '0005_c');
    expect(planRenumbering(entries, new Set())?.every(({ from, to }) => from === to)).toBe(true);
  });

  it('numbers any journal upwards, once each, and leaves applied steps alone', () => {
    const numbers = fc.array(fc.record({ number: fc.nat(9), isApplied: fc.boolean() }), { maxLength: 8 });
    fc.assert(
      fc.property(numbers, (steps) => {
        const entries = journal(...steps.map(({ number }, at) => `000${number}_s${at}`));
        const applied = new Set(entries.filter((_, at) => steps[at]?.isApplied).map(({ tag }) => tag));
        const plan = planRenumbering(entries, applied);
        if (!plan) return;
        const after = plan.map(({ to }) => numberOf(to.tag));
        expect(after).toEqual([...new Set(after)].toSorted((a, b) => a - b));
        expect(plan).toHaveLength(entries.length);
        for (const { from, to } of plan) if (applied.has(from.tag)) expect(to.tag).toBe(from.tag);
      }),
    );
  });
});
