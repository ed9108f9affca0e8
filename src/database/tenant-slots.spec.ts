import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { type Slot, TenantSlots } from './tenant-slots.js';

const TIMEOUT_MS = 2_000;
const slotsOf = (total: number, perTenant: number, maxWaiting = 100) =>
  new TenantSlots({ total, perTenant, maxWaiting, timeoutMs: TIMEOUT_MS });

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Slots that are held, or waited for. */
const take = (slots: TenantSlots, tenant: string, count = 1) =>
  Array.from({ length: count }, () => slots.take(tenant)!);
const waitingOf = (all: Slot[]) => all.filter(({ isWaiting }) => isWaiting).length;

describe('the slots of a pool', () => {
  it('are had at once, without a promise, up to the share of the tenant', () => {
    const slots = slotsOf(10, 6);
    const acme = take(slots, 'acme', 8);
    expect(acme.map(({ isWaiting }) => isWaiting)).toEqual([...Array(6).fill(false), true, true]);
    expect(acme[0]!.whenSettled).toBeUndefined();
    expect(waitingOf(take(slots, 'globex', 4))).toBe(0);
    expect(slots.heldCount).toBe(10);
  });

  it('go to the tenants in turn, not to the longest queue', () => {
    const slots = slotsOf(2, 2);
    const [first, second] = take(slots, 'acme', 2);
    const flood = take(slots, 'acme', 50);
    const [globex] = take(slots, 'globex');
    first!.leave();
    second!.leave();
    expect([waitingOf(flood), globex!.isWaiting]).toEqual([49, false]);
  });

  it('go to the first who waits within a tenant', () => {
    const slots = slotsOf(1, 1);
    const [held, first, second] = take(slots, 'acme', 3);
    held!.leave();
    expect([first!.isWaiting, second!.isWaiting]).toEqual([false, true]);
  });

  it('are still counted of a tenant whose last one went straight to the next who waited', () => {
    const slots = slotsOf(4, 1);
    const [held, next] = take(slots, 'acme', 2);
    held!.leave();
    expect([next!.isWaiting, take(slots, 'acme')[0]!.isWaiting]).toEqual([false, true]);
  });

  it('are refused at once when too many wait, of all tenants or of the own one', () => {
    const slots = slotsOf(10, 6, 10);
    take(slots, 'acme', 6 + 6);
    expect(slots.take('acme')).toBeUndefined();
    expect(waitingOf(take(slots, 'globex', 6))).toBe(2);
    take(slots, 'globex', 2);
    expect(slots.take('initech')).toBeUndefined();
    expect(slotsOf(1, 1, 0).take('acme')).toBeDefined();
  });

  it('are waited for until the time-out, and no slot is lost by it', async () => {
    const slots = slotsOf(1, 1);
    const [held, late] = take(slots, 'acme', 2);
    jest.advanceTimersByTime(TIMEOUT_MS);
    expect(await late!.whenSettled).toBe('timeout');
    held!.leave();
    late!.leave();
    expect([slots.heldCount, slots.waitingCount]).toEqual([0, 0]);
    expect(slots.take('acme')!.isWaiting).toBe(false);
  });

  it('never exceed a limit, never idle while somebody may have one, and none is lost, in any order of events', () => {
    const tenants = ['acme', 'globex', 'initech'];
    const event = fc.oneof(
      { weight: 5, arbitrary: fc.record({ take: fc.constantFrom(...tenants) }) },
      { weight: 4, arbitrary: fc.record({ leave: fc.nat() }) },
      { weight: 1, arbitrary: fc.record({ pass: fc.integer({ min: 1, max: TIMEOUT_MS }) }) },
    );
    const settings = fc
      .record({ total: fc.integer({ min: 1, max: 6 }), maxWaiting: fc.nat(8) })
      .chain((fixed) =>
        fc.integer({ min: 1, max: fixed.total }).map((perTenant) => ({ ...fixed, perTenant })),
      );
    fc.assert(
      fc.property(
        settings,
        fc.array(event, { maxLength: 80 }),
        ({ total, perTenant, maxWaiting }, events) => {
          const slots = slotsOf(total, perTenant, maxWaiting);
          const taken: { tenant: string; slot: Slot }[] = [];
          const left = new Set<Slot>();
          for (const happened of events) {
            if ('take' in happened) {
              const slot = slots.take(happened.take);
              if (slot) taken.push({ tenant: happened.take, slot });
            } else if ('leave' in happened) {
              const slot = taken[happened.leave % Math.max(1, taken.length)]?.slot;
              slot?.leave(); // a second time, too
              if (slot) left.add(slot);
            } else {
              const waited = taken.filter(({ slot }) => slot.isWaiting);
              jest.advanceTimersByTime(happened.pass);
              for (const { slot } of waited) if (!slot.isWaiting && !holds(slot)) left.add(slot);
            }
            const held = taken.filter(({ slot }) => holds(slot) && !left.has(slot));
            expect(slots.heldCount).toBe(held.length);
            expect(slots.waitingCount).toBe(waitingOf(taken.map(({ slot }) => slot)));
            expect(held.length).toBeLessThanOrEqual(total);
            expect(slots.waitingCount).toBeLessThanOrEqual(maxWaiting);
            for (const tenant of tenants) {
              const own = held.filter((other) => other.tenant === tenant).length;
              const waiting = taken.filter((other) => other.tenant === tenant && other.slot.isWaiting).length;
              expect(own).toBeLessThanOrEqual(perTenant);
              if (waiting > 0) expect(own === perTenant || held.length === total).toBe(true);
            }
          }
          for (const { slot } of taken) slot.leave();
          expect([slots.heldCount, slots.waitingCount, jest.getTimerCount()]).toEqual([0, 0, 0]);
          expect((slots as unknown as { tenants: Map<string, unknown> }).tenants.size).toBe(0);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

const holds = (slot: Slot) => (slot as unknown as { state: string }).state === 'held';
