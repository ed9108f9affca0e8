import { type Edge, Graph, layout as place } from '@dagrejs/dagre';
import type { GraphDto } from './dependencies.dto.js';

const NODE_HEIGHT = 32;
const NODE_PADDING = 14;
const CHARACTER_WIDTH = 7.6; // of 13 px sans-serif, generously
const LONGEST_LABEL = 32;
const MARGIN = 16;

/**
 * The graph as SVG, callers left of what they call. Colours follow the reader's light or dark scheme, and are told apart
 * without them; text is escaped, and nothing is loaded from elsewhere.
 */
export function graphPicture({ services, calls }: GraphDto): string {
  const graph = layout({ services, calls });
  const { width = 0, height = 0 } = graph.graph();
  const size = { width: Math.ceil(width) || 320, height: Math.ceil(height) || 64 };
  const edges = graph.edges().map((edge: Edge) => {
    const bends: Point[] = graph.edge(edge).points.slice(1, -1);
    return edgeOf(throughSides(graph.node(edge.v), bends, graph.node(edge.w)));
  });
  const nodes = graph.nodes().map((name: string) => nodeOf(name, graph.node(name)));
  const empty = services.length === 0 ? '<text class="name" x="16" y="36">No services yet</text>' : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${size.width} ${size.height}" role="img">`,
    `<title>Who calls whom: ${services.length} services, ${calls.length} calls</title>`,
    STYLE,
    ARROW,
    ...edges,
    ...nodes,
    empty,
    '</svg>',
  ].join('\n');
}

function layout({ services, calls }: GraphDto) {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 72, marginx: MARGIN, marginy: MARGIN });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name } of services) {
    const label = shortened(name);
    graph.setNode(name, {
      width: label.length * CHARACTER_WIDTH + 2 * NODE_PADDING,
      height: NODE_HEIGHT,
    });
  }
  for (const { consumer, provider } of calls) {
    if (graph.hasNode(consumer) && graph.hasNode(provider)) graph.setEdge(consumer, provider);
  }
  place(graph);
  return graph;
}

interface Point {
  x: number;
  y: number;
}

interface Box extends Point {
  width: number;
  height: number;
}

/** Out at the side of the caller and in at the near side of the called, so that no line runs through a neighbour. */
function throughSides(from: Box, bends: Point[], to: Box): Point[] {
  if (from === to) return bends;
  const direction = from.x < to.x ? 1 : -1;
  return [
    { x: from.x + (direction * from.width) / 2, y: from.y },
    ...bends,
    { x: to.x - (direction * to.width) / 2, y: to.y },
  ];
}

const at = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;

/** Straight between the bends, rounded at them. */
function edgeOf(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const bends = rest.slice(0, -1).map((bend, index) => {
    const next = rest[index + 1]!;
    return `Q${at(bend)} ${at({ x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 })}`;
  });
  return `<path class="call" d="M${at(first)} ${bends.join(' ')} L${at(rest.at(-1) ?? first)}"/>`;
}

function nodeOf(name: string, { x, y, width, height }: Box): string {
  return (
    `<g><title>${escaped(name)}</title>` +
    `<rect class="service" x="${(x - width / 2).toFixed(1)}" y="${(y - height / 2).toFixed(1)}" width="${width.toFixed(1)}" height="${height}" rx="6"/>` +
    `<text class="name" x="${x.toFixed(1)}" y="${(y + 4.5).toFixed(1)}" text-anchor="middle">${escaped(shortened(name))}</text></g>`
  );
}

const shortened = (name: string) =>
  name.length > LONGEST_LABEL ? `${name.slice(0, LONGEST_LABEL - 1)}…` : name;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);

const STYLE = `<style>
.service { fill: #f4f6f8; stroke: #57606a; }
.name { fill: #1f2328; font: 13px system-ui, sans-serif; }
.call { fill: none; stroke: #57606a; stroke-width: 1.3; marker-end: url(#arrow); }
.head { fill: #57606a; }
@media (prefers-color-scheme: dark) {
  .service { fill: #21262d; stroke: #8b949e; }
  .name { fill: #e6edf3; }
  .call { stroke: #8b949e; }
  .head { fill: #8b949e; }
}
</style>`;

const ARROW =
  '<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto-start-reverse">' +
  '<path class="head" d="M0,0 L10,5 L0,10 z"/></marker></defs>';
