import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { selectionOf } from './graph-selection.js';

const graphOf = (names: string[], calls: [string, string][]) => ({
  services: names.map((name) => ({ name })),
  calls: calls.map(([consumer, provider]) => ({ consumer, provider, versions: 1, lastSeenAt: '' })),
});

describe('what of a graph is drawn', () => {
  it('is all of it where it can be read, with those apart that have no call', () => {
    const graph = graphOf(
      ['web', 'orders', 'old', 'loop'],
      [
        ['web', 'orders'],
        ['loop', 'loop'],
      ],
    );
    expect(selectionOf(graph)).toEqual({
      connected: ['loop', 'orders', 'web'],
      alone: ['old'],
      calls: [
        { consumer: 'loop', provider: 'loop' },
        { consumer: 'web', provider: 'orders' },
      ],
      of: undefined,
    });
  });

  it('is the services with the most calls where it is too much', () => {
    const names = Array.from({ length: 300 }, (_, index) => `s${index}`);
    const { connected, alone, calls, of } = selectionOf(
      graphOf(
        names,
        names.slice(1).map((name): [string, string] => [name, 's0']),
      ),
    );
    expect(connected).toHaveLength(100);
    expect(connected).toContain('s0');
    expect(alone).toEqual([]);
    expect(calls).toHaveLength(99);
    expect(of).toEqual({ services: 300, calls: 299 });
  });

  it('does not depend on the order of the graph, and has no call of a service that is left out', () => {
    const name = fc.integer({ min: 0, max: 150 }).map((index) => `s${index}`);
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 150 }),
        fc.uniqueArray(fc.tuple(name, name), { maxLength: 500, selector: String }),
        (names, calls) => {
          const selection = selectionOf(graphOf(names, calls));
          expect(selectionOf(graphOf(names.toReversed(), calls.toReversed()))).toEqual(selection);
          const drawn = new Set(selection.connected);
          for (const { consumer, provider } of selection.calls)
            expect([drawn.has(consumer), drawn.has(provider)]).toEqual([true, true]);
          expect(selection.calls.length).toBeLessThanOrEqual(300);
          expect(drawn.size + selection.alone.length).toBeLessThanOrEqual(100);
        },
      ),
    );
  });
});
