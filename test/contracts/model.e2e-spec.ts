import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type TestApp, createTestApp } from '../support/app.js';
import { Model, type Pairing } from './model.js';
import { type Participant, Scenario } from './scenario.js';
import type { Outcome } from './tasks.js';

let api: TestApp;
beforeAll(async () => {
  api = await createTestApp();
});
afterAll(() => api.close());

/** More runs find more; MODEL_RUNS=500 is for an evening. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 5);

const SERVICES = ['web', 'orders', 'stock'];
const PARTICIPANTS = SERVICES.flatMap((name): Participant[] => [`${name}@1.0.0`, `${name}@2.0.0`]);
const ENVIRONMENTS = ['test', 'production'];

type Event =
  | { kind: 'record'; consumer: Participant; provider: string; operation: string }
  | { kind: 'deploy'; participant: Participant; environment: string }
  | ({ kind: 'verify'; outcome: Outcome } & Pairing);

const participant = fc.constantFrom(...PARTICIPANTS);
const environment = fc.constantFrom(...ENVIRONMENTS);
const isOther = (consumer: Participant, provider: string) =>
  consumer.split('@')[0] !== provider.split('@')[0];
const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc
    .record({
      kind: fc.constant('record' as const),
      consumer: participant,
      provider: fc.constantFrom(...SERVICES),
      operation: fc.constantFrom('GET /1', 'GET /2', 'GET /3'),
    })
    .filter(({ consumer, provider }) => isOther(consumer, provider)),
  fc.record({ kind: fc.constant('deploy' as const), participant, environment }),
  fc
    .record({
      kind: fc.constant('verify' as const),
      consumer: participant,
      provider: participant,
      environment,
      outcome: fc.constantFrom<Outcome[]>('passed', 'passed', 'failed', 'incomplete'),
    })
    .filter(({ consumer, provider }) => isOther(consumer, provider)),
);

async function happen(event: Event, shop: Scenario, model: Model): Promise<void> {
  if (event.kind === 'record') {
    await shop.recorded(event.consumer, event.provider, event.operation);
    model.record(event.consumer, event.provider, event.operation);
  } else if (event.kind === 'deploy') {
    await shop.deployed(event.participant, event.environment);
    model.deploy(event.participant, event.environment);
  } else await verify(event, shop, model);
}

/** Of the tasks that there are, one that the event chooses: most pairings have none. */
async function verify(
  { outcome, ...chosen }: Pairing & { outcome: Outcome },
  shop: Scenario,
  model: Model,
): Promise<void> {
  const tasks = pairings().filter((pairing) => model.toVerify(pairing) !== undefined);
  const pairing = tasks[Math.abs(hashOf(JSON.stringify(chosen))) % tasks.length];
  if (!pairing) return;
  const count = model.toVerify(pairing)!;
  const { consumer, provider, environment: where } = pairing;
  expect(await shop.task(consumer, provider, where)).toMatchObject({ interactionCount: count });
  const told = outcome === 'incomplete' && count === 1 ? 'failed' : outcome;
  await shop.verified(consumer, provider, where, told);
  model.verify(pairing, told);
}

const pairings = (): Pairing[] =>
  PARTICIPANTS.flatMap((consumer) =>
    PARTICIPANTS.filter((provider) => isOther(consumer, provider)).flatMap((provider) =>
      ENVIRONMENTS.map((where) => ({ consumer, provider, environment: where })),
    ),
  );
const hashOf = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);

it('answers what the model answers, whatever happened before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyEvent, { minLength: 10, maxLength: 30, size: 'max' }), async (events) => {
      const [shop, model] = [new Scenario(api), new Model()];
      await shop.environments(...ENVIRONMENTS);
      await shop.versions(...PARTICIPANTS);
      for (const event of events) await happen(event, shop, model);
      for (const asked of PARTICIPANTS)
        for (const where of ENVIRONMENTS) {
          const { canDeploy, summary } = (await shop.canIDeploy(asked, where)).body;
          const { passed, others } = model.ask(asked, where);
          expect({
            asked,
            where,
            canDeploy,
            passed: summary.passed,
            others: summary.failed + summary.unknown,
          }).toEqual({ asked, where, canDeploy: others === 0, passed, others });
        }
    }),
    { numRuns: RUNS },
  );
});
