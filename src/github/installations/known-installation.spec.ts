import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Sent, type Truth, steps, tell } from '../../../test/github/histories.js';
import { observe } from '../events/observe.js';
import type { Observation } from '../events/observation.js';
import { beginState, statusOf } from './installation-state.js';
import { type KnownInstallation, accept, learn } from './known-installation.js';
import { fullNameOf, removedAt } from './repository-state.js';

const read = ({ event, payload }: Sent): Observation => {
  const meaning = observe({ event, payload: JSON.parse(JSON.stringify(payload)), receivedAt: '' });
  if (meaning.kind !== 'observation') throw new Error(`${event} ${payload.action}: ${meaning.kind}`);
  return meaning.observation;
};

/** What a tenant knew when it connected the installation: nothing but that it was made. */
const begin = ({ facts, login }: Observation): KnownInstallation => ({
  installation: beginState({ facts: facts!, login: login! }),
  repositories: new Map(),
});

const learnAll = (start: KnownInstallation, observations: Observation[]) => observations.reduce(learn, start);

const sorted = ({ installation, repositories }: KnownInstallation) => ({
  installation,
  repositories: [...repositories].sort(([a], [b]) => a - b),
});

const shown = ({ installation, repositories }: KnownInstallation): Truth => ({
  status: statusOf(installation) as Truth['status'],
  login: installation.login.login,
  permissions: installation.facts.permissions,
  repositories: new Map(
    [...repositories.values()]
      .filter((repository) => removedAt(repository, installation) === null)
      .map(({ repositoryId, details }): [number, string] => [repositoryId, details.name])
      .sort(([a], [b]) => a - b),
  ),
});

describe('an installation', () => {
  it('ends in one state, in whatever order and however often its events come', () => {
    const orders = steps(12).chain((history) => {
      const { sent } = tell(history);
      const many = [...sent, ...sent].map((_, index) => index % sent.length);
      return fc.record({
        sent: fc.constant(sent),
        // Each at least once, many twice.
        order: fc
          .shuffledSubarray(many, { minLength: sent.length })
          .map((order) => [...order, ...sent.keys()]),
        another: fc.shuffledSubarray([...sent.keys()], { minLength: sent.length }),
      });
    });
    fc.assert(
      fc.property(orders, ({ sent, order, another }) => {
        const observations = sent.map(read);
        const start = begin(observations[0]!);
        const inOrder = (indices: number[]) =>
          sorted(
            learnAll(
              start,
              indices.map((index) => observations[index]!),
            ),
          );
        expect(inOrder(order)).toEqual(inOrder(another));
      }),
      { numRuns: 500 },
    );
  });

  it('ends in what is so at GitHub, where GitHub’s times tell its events apart', () => {
    const orders = steps(12, 1).chain((history) => {
      const told = tell(history);
      return fc
        .shuffledSubarray(told.sent, { minLength: told.sent.length })
        .map((sent) => ({ ...told, sent }));
    });
    fc.assert(
      fc.property(orders, ({ sent, truth }) => {
        const first = tell([]).sent[0]!;
        const { status, login, permissions, repositories } = truth;
        expect(shown(learnAll(begin(read(first)), sent.map(read)))).toEqual({
          status,
          login,
          permissions,
          repositories: new Map([...repositories].sort(([a], [b]) => a - b)),
        });
      }),
      { numRuns: 500 },
    );
  });

  const all = (history: Parameters<typeof tell>[0]) => tell(history).sent.map(read);
  const step = (
    action: (typeof tell extends (h: readonly (infer S)[]) => unknown ? S : never)['action'],
  ) => ({
    action,
    repository: 1,
    later: 0,
    asNumber: false,
  });

  it('is not suspended where the end of a suspension has its time, as GitHub’s has', () => {
    const [created, suspend, unsuspend] = all([{ ...step('suspend'), later: 5 }, step('unsuspend')]);
    expect(created!.facts!.at < suspend!.facts!.at).toBe(true);
    expect(suspend!.facts!.at).toBe(unsuspend!.facts!.at);
    const end = learnAll(begin(created!), [unsuspend!, suspend!, created!]);
    expect(statusOf(end.installation)).toBe('active');
  });

  it('is not suspended where another event shows it so at the time of the suspension', () => {
    const history = [{ ...step('suspend'), later: 5 }, step('unsuspend'), step('add')];
    const [created, suspend, , added] = all(history);
    for (const order of [
      [suspend!, added!],
      [added!, suspend!],
    ])
      expect(statusOf(learnAll(begin(created!), order).installation)).toBe('active');
  });

  it('is not there again once it was uninstalled, whatever comes later', () => {
    const [created, gone] = all([step('uninstall')]);
    const late = { ...created!, facts: { ...created!.facts!, at: '2099-01-01T00:00:00.000Z' } };
    const end = learnAll(begin(created!), [gone!, late]);
    expect(statusOf(end.installation)).toBe('deleted');
    expect(shown(end).repositories.size).toBe(0);
  });

  it('does not have a repository that was added and removed at one time', () => {
    const [created, added, removed] = all([step('add'), step('remove')]);
    for (const order of [
      [added!, removed!],
      [removed!, added!],
    ])
      expect(shown(learnAll(begin(created!), order)).repositories.size).toBe(0);
  });

  it('keeps what it hears of a repository before it hears that it has it', () => {
    const [created, renamed] = all([{ ...step('rename'), later: 1 }]);
    const start = begin({ ...created!, repositories: [] });
    const early = learn(start, renamed!);
    expect(shown(early).repositories.size).toBe(0);
    const end = learn(early, created!);
    expect([...shown(end).repositories.values()]).toEqual(['renamed-1-1']);
  });

  it('names its repositories after its account, which is renamed without a word of them', () => {
    const [created, renamed] = all([{ ...step('rename account'), later: 1 }]);
    const { installation, repositories } = learnAll(begin(created!), [renamed!, created!]);
    expect(fullNameOf(repositories.get(1)!, installation)).toBe('octo-1/repo-1');
  });

  it('becomes what GitHub answers, but for what is gone for ever', () => {
    const [created, added, gone] = all([
      { ...step('add'), repository: 2 },
      { ...step('delete'), later: 1 },
    ]);
    const known = learnAll(begin(created!), [created!, added!, gone!]);
    const answer = { ...created!, repositories: [...created!.repositories] };
    expect([...shown(accept(known, answer)).repositories.keys()]).toEqual([]);
    expect([...shown(accept(known, added!)).repositories.keys()]).toEqual([2]);
  });
});
