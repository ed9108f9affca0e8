import type { GraphDto } from './dependencies.dto.js';
import { type Box, type Layout, type Point, layout } from './graph-layout.js';
import { escaped, labelOf, widthOf } from './graph-label.js';
import { type Call, type Selection, selectionOf } from './graph-selection.js';
import { HEAD, STYLE } from './graph-style.js';
import { boxesInRows } from './rows.js';

const BOX_HEIGHT = 28;
const PADDING = 12;
const MARGIN = 20;
const LINE_HEIGHT = 20;
const LEAST_WIDTH = 720;

/**
 * A graph as SVG, callers left of what they call. Text is escaped and nothing is loaded from elsewhere. The same graph is
 * the same text.
 */
export async function graphPicture(graph: Pick<GraphDto, 'services' | 'calls'>): Promise<string> {
  const selection = selectionOf(graph);
  const placed = await layout({ boxes: selection.connected.map(boxOf), calls: selection.calls });
  const width = Math.ceil(Math.max(placed.width, LEAST_WIDTH - 2 * MARGIN));
  const words = wordsOf(selection);
  const top = MARGIN + words.length * LINE_HEIGHT + LINE_HEIGHT / 2;
  const alone = boxesInRows(selection.alone.map(boxOf), width);
  const aloneTop = top + placed.height + (placed.height > 0 ? 2 * LINE_HEIGHT : LINE_HEIGHT);
  const bottom = alone.boxes.length > 0 ? aloneTop + alone.height : top + placed.height;
  return [
    ...opening(width + 2 * MARGIN, Math.ceil(bottom) + MARGIN, selection),
    ...words.map((line, index) => legendLine(line, index)),
    `<g transform="translate(${MARGIN} ${px(top)})">`,
    ...linesOf(placed),
    ...placed.boxes.map(boxText),
    '</g>',
    ...(alone.boxes.length > 0
      ? [
          textAt(MARGIN, aloneTop - LINE_HEIGHT / 2, 'Without a recorded call:'),
          `<g transform="translate(${MARGIN} ${px(aloneTop)})">`,
          ...alone.boxes.map(boxText),
          '</g>',
        ]
      : []),
    '</svg>',
    '',
  ].join('\n');
}

const boxOf = (name: string) => ({ name, width: widthOf(labelOf(name)) + 2 * PADDING, height: BOX_HEIGHT });

function opening(width: number, height: number, { connected, alone, calls }: Selection): string[] {
  const title = `Who calls whom: ${connected.length + alone.length} services, ${calls.length} calls`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<desc>${escaped(inWords(calls))}</desc>`,
    STYLE,
    HEAD,
    '<rect class="ground" width="100%" height="100%"/>',
  ];
}

/** For who cannot see it: "web calls orders, payments." */
function inWords(calls: Call[]): string {
  const byConsumer = Map.groupBy(calls, ({ consumer }) => consumer);
  return [...byConsumer]
    .map(([consumer, of]) => `${consumer} calls ${of.map(({ provider }) => provider).join(', ')}.`)
    .join(' ');
}

function wordsOf({ connected, alone, calls, of }: Selection): string[] {
  const drawn = connected.length + alone.length;
  if (drawn === 0) return ['No services yet'];
  const legend = 'from the consumer to the provider that it calls';
  if (!of) return [legend];
  return [
    legend,
    `${drawn} of ${of.services} services and ${calls.length} of ${of.calls} calls: those with the most calls. JSON has more.`,
  ];
}

/** The first line shows what an arrow is. */
function legendLine(line: string, index: number): string {
  const y = MARGIN + index * LINE_HEIGHT + LINE_HEIGHT / 2;
  if (index > 0 || !line.startsWith('from')) return textAt(MARGIN, y, line);
  return `<path class="line call" d="M${MARGIN},${y} H${MARGIN + 32}"/>${textAt(MARGIN + 42, y, line)}`;
}

const textAt = (x: number, y: number, text: string) =>
  `<text class="text" x="${px(x)}" y="${px(y)}" dominant-baseline="central">${escaped(text)}</text>`;

function boxText({ name, x, y, width, height }: Box): string {
  return (
    `<g><title>${escaped(name)}</title>` +
    `<rect class="box" x="${px(x - width / 2)}" y="${px(y - height / 2)}" width="${px(width)}" height="${height}" rx="5"/>` +
    `<text class="text" x="${px(x)}" y="${px(y)}" text-anchor="middle" dominant-baseline="central">${escaped(labelOf(name))}</text></g>`
  );
}

function linesOf({ boxes, lines }: Layout): string[] {
  const byName = new Map(boxes.map((box) => [box.name, box]));
  return lines.map(({ consumer, provider, bends }) => {
    const [from, to] = [byName.get(consumer)!, byName.get(provider)!];
    const path = from === to ? loopAt(from) : curveThrough(sides(from, bends, to));
    return `<path class="line call" d="${path}"><title>${escaped(`${consumer} calls ${provider}`)}</title></path>`;
  });
}

/** Who calls itself: out at the right, back in from below. */
function loopAt({ x, y, width, height }: Box): string {
  const [right, bottom] = [x + width / 2, y + height / 2];
  return `M${at({ x: right, y })} C${at({ x: right + 22, y })} ${at({ x: right + 8, y: bottom + 12 })} ${at({ x: right - 12, y: bottom })}`;
}

/** Out at the side of the caller and in at the near side of the called, so that no line runs through a neighbour. */
function sides(from: Box, bends: Point[], to: Box): Point[] {
  const direction = from.x < to.x ? 1 : -1;
  return [
    { x: from.x + (direction * from.width) / 2, y: from.y },
    ...bends,
    { x: to.x - (direction * to.width) / 2, y: to.y },
  ];
}

/** Straight in the middle of each stretch, round at the bends. */
function curveThrough([first, ...rest]: Point[]): string {
  const bends = rest.slice(0, -1).map((bend, index) => {
    const next = rest[index + 1]!;
    return `Q${at(bend)} ${at({ x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 })}`;
  });
  return [`M${at(first!)}`, ...bends, `L${at(rest.at(-1)!)}`].join(' ');
}

const at = ({ x, y }: Point) => `${px(x)},${px(y)}`;
const px = (value: number) => String(Math.round(value * 10) / 10);
