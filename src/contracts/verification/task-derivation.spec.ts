import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Dependency, type EnvironmentFacts, tasksFor } from './task-derivation.js';

const web = { consumer: 'web', consumerVersion: '1.0.0', provider: 'orders' };
const facts = (active: Record<string, string>, ...dependencies: Dependency[]): EnvironmentFacts => ({
  environment: 'production',
  active: new Map(Object.entries(active)),
  dependencies,
});
const task = { ...web, providerVersion: '2.0.0', environment: 'production' };

describe('the tasks of a change', () => {
  it('are those of a deployed consumer against the provider that is active there', () => {
    expect(tasksFor('web', facts({ web: '1.0.0', orders: '2.0.0' }, web))).toEqual([task]);
  });

  it('are those of a deployed provider for each consumer that is active there', () => {
    const app = { consumer: 'app', consumerVersion: '7', provider: 'orders' };
    const there = facts({ web: '1.0.0', app: '7', orders: '2.0.0' }, web, app);
    expect(tasksFor('orders', there)).toEqual([task, { ...task, consumer: 'app', consumerVersion: '7' }]);
  });

  it('are none while the provider is not deployed, or another consumer version is', () => {
    expect(tasksFor('web', facts({ web: '1.0.0' }, web))).toEqual([]);
    expect(tasksFor('orders', facts({ web: '1.0.1', orders: '2.0.0' }, web))).toEqual([]);
    expect(tasksFor('orders', facts({ orders: '2.0.0' }, web))).toEqual([]);
  });

  it('are only those the change touches', () => {
    const other = { consumer: 'app', consumerVersion: '7', provider: 'stock' };
    expect(
      tasksFor('web', facts({ web: '1.0.0', orders: '2', app: '7', stock: '1' }, web, other)),
    ).toHaveLength(1);
  });

  const service = fc.constantFrom('a', 'b', 'c', 'd');
  const version = fc.constantFrom('1', '2');
  const anyFacts = fc.record({
    active: fc.dictionary(service, version),
    dependencies: fc.uniqueArray(
      fc.record({ consumer: service, consumerVersion: version, provider: service }),
      {
        selector: (d) => JSON.stringify(d),
      },
    ),
  });

  it('hold both sides as they are active, each key once, and together cover the whole environment', () => {
    fc.assert(
      fc.property(anyFacts, ({ active, dependencies }) => {
        const there = facts(active, ...dependencies);
        const tasks = [...there.active.keys()].flatMap((changed) => tasksFor(changed, there));
        const keys = new Set(tasks.map((key) => JSON.stringify(key)));
        for (const changed of there.active.keys()) {
          const derived = tasksFor(changed, there).map((key) => JSON.stringify(key));
          expect(new Set(derived).size).toBe(derived.length);
        }
        for (const { consumer, consumerVersion, provider, providerVersion } of tasks) {
          expect(active[consumer]).toBe(consumerVersion);
          expect(active[provider]).toBe(providerVersion);
        }
        const meeting = dependencies.filter(
          (d) => active[d.consumer] === d.consumerVersion && active[d.provider],
        );
        expect(keys.size).toBe(meeting.length);
      }),
    );
  });
});
