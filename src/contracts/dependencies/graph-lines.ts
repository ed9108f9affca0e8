import type { Box, Layout, Point } from './graph-layout.js';

/** How far before a box a line runs straight, so that its head points at it; in px. */
const STUB = 12;
/** What runs back to the left leaves and enters lower, or nobody could tell which of the lines at a side have their head there. */
const BACK_DROP = 8;

/** One call as a path of SVG. */
export interface Line {
  consumer: string;
  provider: string;
  path: string;
  /** From right to left: the calls go round in a circle. */
  isBack: boolean;
}

/** Out at the side of the caller and in at the near side of the called; none runs through another box. */
export function linesOf({ boxes, lines }: Layout): Line[] {
  const byName = new Map(boxes.map((box) => [box.name, box]));
  const columns = columnsOf(boxes);
  return lines.map(({ consumer, provider, bends }) => {
    const [from, to] = [byName.get(consumer)!, byName.get(provider)!];
    if (from === to) return { consumer, provider, path: loopAt(from), isBack: false };
    const isBack = from.x > to.x;
    const direction = isBack ? -1 : 1;
    const drop = isBack ? BACK_DROP : 0;
    const stretches = [
      leaving(from, direction, columns.get(Math.round(from.x))!, drop),
      ...bends.flatMap((bend) => passing(bend, direction, columns)),
      leaving(to, -direction, columns.get(Math.round(to.x))! + STUB, drop).toReversed(),
    ];
    return { consumer, provider, path: pathOf(stretches), isBack };
  });
}

/** Half the width of the widest box in each column, by its middle. */
function columnsOf(boxes: Box[]): Map<number, number> {
  const columns = new Map<number, number>();
  for (const { x, width } of boxes)
    columns.set(Math.round(x), Math.max(columns.get(Math.round(x)) ?? 0, width / 2));
  return columns;
}

/** From the side of a box straight to `reach` from its middle, past the widest of its column. */
const leaving = ({ x, y, width }: Box, side: number, reach: number, drop: number): Point[] => [
  { x: x + (side * width) / 2, y: y + drop },
  { x: x + side * reach, y: y + drop },
];

/** Straight through a column, at the height that the layout keeps free there. Between columns nothing is in the way. */
function passing({ x, y }: Point, direction: number, columns: Map<number, number>): Point[][] {
  const half = columns.get(Math.round(x));
  if (half === undefined) return [];
  return [
    [
      { x: x - direction * half, y },
      { x: x + direction * half, y },
    ],
  ];
}

/** Who calls itself: out at the right, back in from below. */
function loopAt({ x, y, width, height }: Box): string {
  const [right, bottom] = [x + width / 2, y + height / 2];
  const round = `${at({ x: right + 24, y })} ${at({ x: right - 10, y: bottom + 26 })}`;
  return `M${at({ x: right, y })} C${round} ${at({ x: right - 12, y: bottom })}`;
}

/** Level stretches, and from the end of each to the next a bow that begins and ends level. */
function pathOf(stretches: Point[][]): string {
  return stretches
    .map(([start, end], index) => {
      const before = stretches[index - 1]?.at(-1);
      if (!before) return `M${at(start!)} L${at(end!)}`;
      const middle = (before.x + start!.x) / 2;
      return `C${at({ x: middle, y: before.y })} ${at({ x: middle, y: start!.y })} ${at(start!)} L${at(end!)}`;
    })
    .join(' ');
}

const at = ({ x, y }: Point) => `${px(x)},${px(y)}`;

/** A length as SVG has it, to a tenth. */
export const px = (value: number): string => String(Math.round(value * 10) / 10);
