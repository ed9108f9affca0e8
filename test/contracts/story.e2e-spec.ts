import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';

const ROOT = join(import.meta.dirname, '../..');
const EXAMPLE = 'docs/examples/contract-testing';

/** The story of docs/contracts.md, as printed there, from its first line to its last; `.ci/start-check` tells it to `npm start`. */
describe('the story of docs/contracts.md', () => {
  let api: TestApp;
  let folder: string;
  let script: string;

  beforeAll(async () => {
    [api, folder] = await Promise.all([createTestApp(), mkdtemp(join(tmpdir(), 'rowhouse-story-'))]);
    await api.app.listen(0, '127.0.0.1');
    await mkdir(join(folder, '.rowhouse'));
    const demo = { tenants: [{ slug: 'globex', apiKey: api.globex.apiKey }] };
    await writeFile(join(folder, '.rowhouse/demo.json'), JSON.stringify(demo));
    for (const name of ['dist', 'docs', 'node_modules']) await symlink(join(ROOT, name), join(folder, name));
    await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'));
    const page = await readFile(join(ROOT, 'docs/contracts.md'), 'utf8');
    const block = /^## The story$[^]*?^```sh\n([^]*?)^```$/m.exec(page)![1]!;
    script = block.replace('http://127.0.0.1:3000', await api.app.getUrl());
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true });
  });

  async function tell(): Promise<string> {
    const env = { PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`, HOME: folder };
    const { stdout } = await promisify(execFile)('bash', ['-euc', script], { cwd: folder, env });
    return stdout.replaceAll(/\b([123])\.\d{9,}\.0\b/g, '$1.x').replaceAll(/ {2,}/g, '  ');
  }

  it('turns from no to yes when the provider verified, and to no with the reason when it breaks', async () => {
    const told = await tell();
    // The answers of curl end without a line break.
    const lines = told
      .split('\n')
      .map((line) => line.replace(/^\{.*\}/, ''))
      .filter((line) => line !== '');
    expect(lines).toEqual([
      '2 recorded, 0 duplicate, 0 refused, 0 invalid',
      'Uploaded: the specification of orders 2.x.',
      'Recorded: orders 2.x runs in test now.',
      'Recorded: orders 2.x runs in production now.',
      'Recorded: web 1.x runs in test now.',
      'No: web 1.x cannot be deployed to production.',
      'CONSUMER  PROVIDER  STATE  REASON',
      'web 1.x  orders 2.x  unknown  NEVER_VERIFIED: the provider has never verified this consumer version',
      'exit code 1',
      'orders 2.x with web 1.x (test): passed',
      'Yes: web 1.x can be deployed to production.',
      'CONSUMER  PROVIDER  STATE  REASON',
      'web 1.x  orders 2.x  passed',
      'exit code 0',
      'Recorded: web 1.x runs in production now.',
      'Uploaded: the specification of orders 3.x.',
      'Recorded: orders 3.x runs in test now.',
      'orders 3.x with web 1.x (test): failed',
      '  response.body.total is missing instead of 12.5',
      'it breaks the web shop',
      'No: orders 3.x cannot be deployed to production.',
      'CONSUMER  PROVIDER  STATE  REASON',
      'web 1.x  orders 3.x  failed  VERIFICATION_FAILED: the provider does not do what the consumer relies on',
      'exit code 1',
    ]);
  });

  it('has an example whose recordings keep to the specification of its provider', async () => {
    const call = (method: string, path: string, body?: unknown) =>
      api.call(method, `/v1${path}`, { as: api.globex.apiKey, body });
    const spec = JSON.parse(await readFile(join(ROOT, EXAMPLE, 'provider/openapi.json'), 'utf8')) as object;
    await call('PUT', '/services/orders/specs', { version: '9.9.9', spec });
    const { body } = await call('GET', '/interactions?provider=orders&include=messages');
    const interactions = (body.data as Record<string, unknown>[]).map(
      ({ service, consumer, environment, operation, request, response }) => ({
        service,
        serviceVersion: '9.9.9',
        consumer,
        consumerVersion: 'again',
        environment,
        operation,
        request,
        response,
      }),
    );
    const again = await call('POST', '/interactions/batch?strict=true', { interactions });
    expect(again.body.summary).toMatchObject({ recorded: 2, refused: 0, invalid: 0 });
  });
});
