import type { GraphDto } from './dependencies.dto.js';
import { type Box, layout } from './graph-layout.js';
import { escaped, labelOf, widthOf } from './graph-label.js';
import { type Line, linesOf, px } from './graph-lines.js';
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
  const lines = linesOf(placed);
  const legend = legendOf(selection, lines);
  const top = MARGIN + legend.length * LINE_HEIGHT + LINE_HEIGHT / 2;
  const alone = boxesInRows(selection.alone.map(boxOf), width);
  const aloneTop = top + placed.height + (placed.height > 0 ? 2 * LINE_HEIGHT : LINE_HEIGHT);
  const bottom = alone.boxes.length > 0 ? aloneTop + alone.height : top + placed.height;
  return [
    ...opening(width + 2 * MARGIN, Math.ceil(bottom) + MARGIN, selection),
    ...legend.map(legendLine),
    `<g transform="translate(${MARGIN} ${px(top)})">`,
    ...lines.map(lineText),
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

/** What stands above the graph: a line of it each, with a sample of what it explains. */
function legendOf({ connected, alone, calls, of }: Selection, lines: Line[]): LegendLine[] {
  const drawn = connected.length + alone.length;
  if (drawn === 0) return [{ text: 'No services yet' }];
  return [
    { sample: '', text: 'from the consumer to the provider that it calls' },
    ...(lines.some(({ isBack }) => isBack)
      ? [{ sample: ' back', text: 'the same, to the left: these calls go round in a circle' }]
      : []),
    ...(of
      ? [
          {
            text: `Drawn are ${drawn} of ${of.services} services and ${calls.length} of ${of.calls} calls, those with the most calls. Ask for JSON to get more.`,
          },
        ]
      : []),
  ];
}

interface LegendLine {
  text: string;
  /** The class of the line that is explained. */
  sample?: string;
}

function legendLine({ sample, text }: LegendLine, index: number): string {
  const y = MARGIN + index * LINE_HEIGHT + LINE_HEIGHT / 2;
  if (sample === undefined) return textAt(MARGIN, y, text);
  const line = `<path class="line call${sample}" d="M${MARGIN},${y} H${MARGIN + 32}"/>`;
  return line + textAt(MARGIN + 42, y, text);
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

const lineText = ({ consumer, provider, path, isBack }: Line) =>
  `<path class="line call${isBack ? ' back' : ''}" d="${path}"><title>${escaped(`${consumer} calls ${provider}`)}</title></path>`;
