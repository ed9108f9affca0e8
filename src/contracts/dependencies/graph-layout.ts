import { Worker, parentPort, workerData } from 'node:worker_threads';
import type { Call } from './graph-selection.js';

/** From the centre of a box; x to the right, y down, in px. */
export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  name: string;
  width: number;
  height: number;
}

export interface Layout {
  width: number;
  height: number;
  boxes: Box[];
  lines: (Call & { bends: Point[] })[];
}

interface Task {
  boxes: { name: string; width: number; height: number }[];
  calls: Call[];
}

const ROLE = 'graph layout';
const MAX_HEAP_MB = 256;

/**
 * Places boxes in columns, callers left of what they call, and lines between them. In a thread of its own: 100 boxes take
 * longer than any other request may be kept waiting.
 */
export function layout(task: Task): Promise<Layout> {
  const { promise, resolve, reject } = Promise.withResolvers<Layout>();
  const worker = new Worker(new URL(import.meta.url), {
    workerData: { role: ROLE, task },
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  worker.once('message', resolve);
  worker.once('error', reject);
  worker.once('exit', (code) => reject(new Error(`The layout ended without an answer (${code})`)));
  return promise;
}

/** This very file is what the thread runs. */
const { role, task } = (workerData ?? {}) as { role?: string; task?: Task };
if (role === ROLE && task) void answer(task);

async function answer(question: Task): Promise<void> {
  const placed = await place(question);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(placed);
}

async function place({ boxes, calls }: Task): Promise<Layout> {
  const { Graph, layout: run } = await import('@dagrejs/dagre');
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: 'LR', nodesep: 14, ranksep: 72, edgesep: 10, ranker: 'tight-tree' });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { name, width, height } of boxes) graph.setNode(name, { width, height });
  for (const { consumer, provider } of calls) if (consumer !== provider) graph.setEdge(consumer, provider);
  run(graph);
  const bendsOf = ({ consumer, provider }: Call): Point[] =>
    consumer === provider ? [] : graph.edge({ v: consumer, w: provider }).points.slice(1, -1);
  // A line may bend above the highest box, which dagre does not count.
  const heights = calls.flatMap((call) => bendsOf(call).map(({ y }) => y));
  const [above, below] = [Math.min(0, ...heights), Math.max(0, ...heights)];
  const pointOf = ({ x, y }: Point) => ({ x, y: y - above });
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.max(width, 0),
    height: Math.max(height, below) - above,
    boxes: boxes.map((box) => ({ ...box, ...pointOf(graph.node(box.name)) })),
    lines: calls.map((call) => ({ ...call, bends: bendsOf(call).map(pointOf) })),
  };
}
