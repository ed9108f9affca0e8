import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeOperator } from '../faults/world/tenants.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';
import { eventually } from '../support/eventually.js';
import { Deployment } from './cluster/deployment.js';
import { Load } from './cluster/load.js';
import type { Pod } from './cluster/pod.js';
import { Service } from './cluster/service.js';
import { fast, fastSeconds } from './cluster/time.js';
import { podOf, readConfigMap, readManifest } from './manifests.js';

const CLIENTS = 4;
const START_MS = 60_000;
/** In Kubernetes' time: how long nobody doubts a pod that does not get ready. */
const PROGRESS_MS = 30_000;
/** `npm run test:rollout`: the probes' time-outs, ten times as short, want a machine that runs nothing else. */
const inRollout = process.env['ROLLOUT'] === 'long' ? describe : describe.skip;

/** Real processes of the service, run as the manifests say by something that plays kubelet, Service and controller. */
inRollout('a roll-out, as deploy/kubernetes has it', () => {
  const manifest = readManifest('deployment.yaml');
  let database: TestDatabase;
  let apiKey: string;
  let environment: Record<string, string>;
  let service: Service;
  let deployment: Deployment;
  let load: Load;
  let made = 0;

  beforeAll(async () => {
    database = await createTestDatabase();
    apiKey = await makeOperator(database);
    const config = readConfigMap();
    const sooner = (name: string) => String(fast(Number(config[name])));
    environment = {
      ...config,
      HOST: '127.0.0.1',
      METRICS_HOST: '127.0.0.1',
      SHUTDOWN_DELAY_MS: sooner('SHUTDOWN_DELAY_MS'),
      DRAIN_TIMEOUT_MS: sooner('DRAIN_TIMEOUT_MS'),
      RATE_LIMITS: 'off',
      LOG_LEVEL: 'warn',
      DATABASE_URL: database.tenantUrl,
      CONTROL_DATABASE_URL: database.controlUrl,
    };
    service = await Service.start();
    deployment = new Deployment(manifest, service);
    await Promise.all([deployment.add(environment), deployment.add(environment)]);
    await eventually(() => {
      if (!deployment.pods.every((pod) => service.isEndpoint(pod)))
        throw new Error('the first pods do not get ready');
    }, START_MS);
    load = new Load(service, apiKey);
    load.start(CLIENTS, () =>
      ++made % 4 === 0
        ? {
            method: 'POST',
            path: '/v1/admin/tenants',
            body: { slug: `tenant-${made}`, name: 'Under load' },
            expect: 201,
          }
        : { method: 'GET', path: '/v1/admin/tenants?limit=5', expect: 200 },
    );
  }, START_MS);
  afterAll(async () => {
    await load.stop();
    await deployment.delete();
    service.close();
    await database.drop();
  }, START_MS);

  const answered = (pod: Pod) => load.answers.get(pod) ?? 0;

  it(
    'fails no request, and sends none to a pod whose end all have noticed',
    async () => {
      const old = [...deployment.pods];
      await eventually(() => expect(old.map(answered).every((count) => count > 20)).toBe(true));
      for (const pod of old) await deployment.replace(pod, environment, START_MS);
      const ends = await Promise.all(deployment.ends);
      await eventually(() => expect(deployment.pods.map(answered).every((count) => count > 20)).toBe(true));
      expect(load.failures).toEqual([]);
      expect(load.stale).toEqual([]);
      expect(ends.map(({ code }) => code)).toEqual(old.map(() => 0));
      const graceMs = fastSeconds(podOf(manifest).terminationGracePeriodSeconds!);
      expect(Math.max(...ends.map(({ tookMs }) => tookMs))).toBeLessThan(graceMs);
    },
    START_MS,
  );

  describe('that goes wrong', () => {
    it(
      'stops at a pod whose database is behind, which gets no request, and the old ones serve on',
      async () => {
        const behind = await createTestDatabase();
        await behind.query('ALTER TABLE rowhouse.migrations RENAME TO not_yet');
        const old = [...deployment.pods];
        const urls = { DATABASE_URL: behind.tenantUrl, CONTROL_DATABASE_URL: behind.controlUrl };
        await expect(
          deployment.replace(old[0]!, { ...environment, ...urls }, fast(PROGRESS_MS)),
        ).rejects.toThrow('is not ready');
        const stuck = deployment.pods.at(-1)!;
        const startup = `http://127.0.0.1:${stuck.port}/health/startup`;
        await eventually(async () => expect((await fetch(startup)).status).toBe(503));
        expect([stuck.isReady, service.isEndpoint(stuck), answered(stuck)]).toEqual([false, false, 0]);
        const before = old.map(answered);
        await eventually(() => expect(old.every((pod, at) => answered(pod) > before[at]! + 20)).toBe(true));
        expect(old.map(({ isReady, restarts }) => ({ isReady, restarts }))).toEqual(
          old.map(() => ({ isReady: true, restarts: 0 })),
        );
        expect(load.failures).toEqual([]);
        deployment.remove(stuck);
        await Promise.all(deployment.ends);
        await behind.drop();
      },
      START_MS,
    );

    it(
      'starts a process anew that does not answer any more',
      async () => {
        await load.stop();
        const [pod] = deployment.pods as [Pod];
        pod.container.signal('SIGSTOP'); // as one that is caught in a loop: alive, and deaf to SIGTERM
        await eventually(
          () => expect([pod.isReady, service.isEndpoint(pod)]).toEqual([false, false]),
          START_MS,
        );
        await eventually(() => expect([pod.restarts, service.isEndpoint(pod)]).toEqual([1, true]), START_MS);
      },
      START_MS,
    );
  });
});
