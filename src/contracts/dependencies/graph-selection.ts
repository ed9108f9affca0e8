import type { GraphDto } from './dependencies.dto.js';

/** More is read by nobody: a picture of 100 services is as high as three screens. */
const MAX_DRAWN_SERVICES = 100;
const MAX_DRAWN_CALLS = 300;

export interface Call {
  consumer: string;
  provider: string;
}

/** What of a graph is drawn. */
export interface Selection {
  /** Those with a call that is drawn, by name. */
  connected: string[];
  /** Those that call nobody and are called by nobody. */
  alone: string[];
  calls: Call[];
  /** How many there are in all, where not all are drawn. */
  of: { services: number; calls: number } | undefined;
}

/** All of a graph, or where that is too much the services with the most calls. The same graph, the same choice. */
export function selectionOf({ services, calls }: Pick<GraphDto, 'services' | 'calls'>): Selection {
  const degree = new Map(services.map(({ name }) => [name, 0]));
  const known = calls.filter(({ consumer, provider }) => degree.has(consumer) && degree.has(provider));
  for (const { consumer, provider } of known)
    for (const name of new Set([consumer, provider])) degree.set(name, degree.get(name)! + 1);

  const byDegree = [...degree.keys()].toSorted((a, b) => degree.get(b)! - degree.get(a)! || (a < b ? -1 : 1));
  const drawn = new Set(byDegree.slice(0, MAX_DRAWN_SERVICES));
  const drawnCalls = known
    .filter(({ consumer, provider }) => drawn.has(consumer) && drawn.has(provider))
    .map(({ consumer, provider }) => ({ consumer, provider }))
    .toSorted((a, b) => (a.consumer + ' ' + a.provider < b.consumer + ' ' + b.provider ? -1 : 1))
    .slice(0, MAX_DRAWN_CALLS);
  const inCalls = new Set(drawnCalls.flatMap(({ consumer, provider }) => [consumer, provider]));
  const names = [...drawn].toSorted();
  const isAll = drawn.size === services.length && drawnCalls.length === known.length;
  return {
    connected: names.filter((name) => inCalls.has(name)),
    alone: names.filter((name) => degree.get(name) === 0),
    calls: drawnCalls,
    of: isAll ? undefined : { services: services.length, calls: known.length },
  };
}
