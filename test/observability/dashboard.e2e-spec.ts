import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { parseExposition } from './exposition.js';

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; refId: string }[];
}

const dashboard = JSON.parse(readFileSync('deploy/grafana/rowhouse.json', 'utf8')) as {
  title: string;
  uid: string;
  schemaVersion: number;
  panels: Panel[];
};
const targets = dashboard.panels.flatMap((panel) => panel.targets ?? []);
/** What stands before `{`: every selector of the dashboard names its instance. */
const named = new Set(
  targets.flatMap(({ expr }) => [...expr.matchAll(/([a-z_]\w*)\{/g)].map(([, name]) => name!)),
);
const family = (name: string) => name.replace(/_(bucket|sum|count)$/, '');
/** Ours, and not what prom-client says of every Node process. */
const isOurs = (name: string) => !/^(process|nodejs)_/.test(name);

describe('the dashboard', () => {
  let api: TestApp;
  let exposed: Set<string>;
  beforeAll(async () => {
    api = await createTestApp();
    // What the process does is only watched by who listens.
    await api.app.listen(0, '127.0.0.1');
    await api.call('GET', '/v1/notes', { as: api.acme.apiKey });
    exposed = new Set(parseExposition((await api.call('GET', '/metrics')).text).map(({ name }) => name));
  });
  afterAll(() => api.close());

  it('is one that Grafana can import', () => {
    expect(dashboard).toMatchObject({ title: 'Rowhouse', uid: 'rowhouse', schemaVersion: 39 });
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, title, gridPos, targets: queries } of dashboard.panels) {
      expect(['row', 'timeseries', 'stat']).toContain(type);
      expect(title).not.toBe('');
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(queries?.length ?? 0).toBeGreaterThanOrEqual(type === 'row' ? 0 : 1);
    }
  });

  it('asks only for what a running application exposes', () => {
    expect(named.size).toBeGreaterThan(12);
    // A collection of garbage has to happen before there is one to count.
    const missing = [...named].filter((name) => !exposed.has(name) && !name.startsWith('nodejs_gc_'));
    expect(missing).toEqual([]);
  });

  it('shows every metric of ours', () => {
    const shown = new Set([...named].map(family));
    const hidden = new Set(
      [...exposed]
        .filter(isOurs)
        .map(family)
        .filter((name) => !shown.has(name)),
    );
    expect([...hidden]).toEqual([]);
  });

  it('has balanced queries', () => {
    for (const { expr } of targets)
      for (const [open, close] of ['()', '{}', '[]'] as const)
        expect(expr.split(open!).length).toBe(expr.split(close!).length);
  });
});
