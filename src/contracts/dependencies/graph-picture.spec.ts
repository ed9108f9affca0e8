import { describe, expect, it } from '@jest/globals';
import { layout } from './graph-layout.js';
import { linesOf } from './graph-lines.js';
import { graphPicture } from './graph-picture.js';

const graphOf = (names: string[], calls: [string, string][]) => ({
  services: names.map((name) => ({ name })),
  calls: calls.map(([consumer, provider]) => ({ consumer, provider, versions: 1, lastSeenAt: '' })),
});

/** Who comes later calls one to five of those before, the first of them most: the shape of a real system. */
function realistic(count: number): { names: string[]; calls: [string, string][] } {
  const names = Array.from({ length: count }, (_, index) => `service-${index}`);
  let seed = 1;
  const random = () => (seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
  const calls = names.flatMap((name, index) =>
    Array.from({ length: 1 + Math.floor(random() * random() * 5) }, (): [string, string] => [
      name,
      names[Math.floor(random() * random() * index)]!,
    ]),
  );
  return { names, calls: [...new Map(calls.map((call) => [String(call), call])).values()] };
}

describe('the picture of a graph', () => {
  it('says what it shows to who cannot see it, and what an arrow means to who can', async () => {
    const picture = await graphPicture(graphOf(['web', 'orders', 'old'], [['web', 'orders']]));
    expect(picture).toContain('role="img" aria-label="Who calls whom: 3 services, 1 calls"');
    expect(picture).toContain('<desc>web calls orders.</desc>');
    expect(picture).toContain('from the consumer to the provider that it calls');
    expect(picture).toContain('Without a recorded call:');
    expect(picture).toContain('@media (prefers-color-scheme: dark)');
  });

  it('of nothing says so', async () => {
    expect(await graphPicture(graphOf([], []))).toContain('No services yet');
  });

  it('of the same graph is the same text', async () => {
    const { names, calls } = realistic(40);
    const [one, other] = await Promise.all([
      graphPicture(graphOf(names, calls)),
      graphPicture(graphOf(names.toReversed(), calls.toReversed())),
    ]);
    expect(one).toBe(other);
  });

  it('tells in words that it leaves something out', async () => {
    const { names, calls } = realistic(150);
    expect(await graphPicture(graphOf(names, calls))).toMatch(
      /Drawn are 100 of 150 services and \d+ of \d+ calls, those with the most calls\. Ask for JSON to get more\./,
    );
  });

  it('takes a name for text, whatever it holds', async () => {
    const hostile = `"/></title><script>alert('&')</script><image href="http://x"/>`;
    const picture = await graphPicture(graphOf([hostile, 'web'], [['web', hostile]]));
    expect(picture).not.toMatch(/<script|<image|href="/);
    expect(picture).toContain('&#60;script&#62;');
  });

  it('never cuts a character in two', async () => {
    const picture = await graphPicture(graphOf(['𝒜'.repeat(60)], []));
    expect(picture).toContain(`>${'𝒜'.repeat(31)}…<`);
  });

  it('draws calls that go round in a circle with another line, and says so', async () => {
    const ring = graphOf(
      ['a', 'b'],
      [
        ['a', 'b'],
        ['b', 'a'],
        ['a', 'a'],
      ],
    );
    const picture = await graphPicture(ring);
    expect(picture).toContain('these calls go round in a circle');
    expect(picture.match(/class="line call back" d=/g)).toHaveLength(2); // one, and the sample
  });
});

describe('the layout', () => {
  const laidOut = async () => {
    const { names, calls } = realistic(60);
    const boxes = names.map((name, index) => ({ name, width: 40 + ((index * 37) % 200), height: 28 }));
    return layout({ boxes, calls: calls.map(([consumer, provider]) => ({ consumer, provider })) });
  };

  it('lets no box touch another', async () => {
    const { boxes } = await laidOut();
    const touching = boxes.flatMap((a, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (b) =>
            Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2,
        )
        .map((b) => [a.name, b.name]),
    );
    expect(touching).toEqual([]);
  });

  it('lets no line run through a box that it does not belong to', async () => {
    const placed = await laidOut();
    const through = linesOf(placed).flatMap(({ consumer, provider, path }) =>
      pointsOn(path).flatMap(({ x, y }) =>
        placed.boxes
          .filter(({ name }) => name !== consumer && name !== provider)
          .filter((box) => Math.abs(box.x - x) < box.width / 2 && Math.abs(box.y - y) < box.height / 2)
          .map(({ name }) => `${consumer} to ${provider} through ${name}`),
      ),
    );
    expect([...new Set(through)]).toEqual([]);
  });
});

/** Points along a path of M, L and C, twenty for each part. */
function pointsOn(path: string): { x: number; y: number }[] {
  let from = { x: 0, y: 0 };
  return [...path.matchAll(/([MLC])([^MLC]+)/g)].flatMap(([, command, text]) => {
    const points = text!
      .trim()
      .split(' ')
      .map((pair) => {
        const [x, y] = pair.split(',').map(Number);
        return { x: x!, y: y! };
      });
    const to = points.at(-1)!;
    const [c1, c2] = command === 'C' ? [points[0]!, points[1]!] : [from, to];
    const start = from;
    from = to;
    if (command === 'M') return [to];
    return Array.from({ length: 21 }, (_, step) => bezier(start, c1, c2, to, step / 20));
  });
}

type At = { x: number; y: number };
function bezier(a: At, b: At, c: At, d: At, t: number): At {
  const mix = (axis: 'x' | 'y') =>
    (1 - t) ** 3 * a[axis] +
    3 * (1 - t) ** 2 * t * b[axis] +
    3 * (1 - t) * t ** 2 * c[axis] +
    t ** 3 * d[axis];
  return { x: mix('x'), y: mix('y') };
}
