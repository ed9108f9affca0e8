import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { Job } from 'kubernetes-types/batch/v1.js';
import { loadConfig } from '../../src/config/index.js';
import { unknownOf } from './known-names.js';
import { containerOf, readManifest, readText, root } from './manifests.js';

const page = readText('docs/operate.md');
const prose = page.replace(/```[^]*?```/g, '');
const rowsOf = (heading: string) =>
  [...page.matchAll(/^\| (.*) \|$/gm)]
    .map(([, row]) => row!.split('|').map((cell) => cell.trim()))
    .slice(...sectionRows(heading));

/** Which of all table rows belong to the table whose first heading this is, without its two lines of heading. */
function sectionRows(heading: string): [number, number] {
  const rows = [...page.matchAll(/^\|.*$/gm)];
  const first = rows.findIndex(([row]) => row.startsWith(`| ${heading} `));
  const after = rows.findIndex(
    ({ index }, at) => at > first && page.slice(rows[at - 1]!.index, index).includes('\n\n'),
  );
  return [first + 2, after === -1 ? rows.length : after];
}
const quoted = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

/** Its commands for docker-compose are run by .ci/docker-check, where Docker runs. */
describe('docs/operate.md', () => {
  const deployment = readManifest('deployment.yaml');

  it('names files, commands and variables that exist', () => {
    const paths = quoted(prose).filter((name) => /^(deploy|test|docs)\/[\w./-]+$/.test(name));
    const links = [...page.matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => `docs/${path}`);
    expect(paths.length).toBeGreaterThan(2);
    expect([...paths, ...links].filter((path) => !existsSync(root + path))).toEqual([]);
    const applied = [...page.matchAll(/apply -k (\S+)/g)].map(([, path]) => `${path}/kustomization.yaml`);
    expect(applied.filter((path) => !existsSync(root + path))).toEqual([]);
    const names = quoted(prose).filter((name) => /^[A-Z]+(_[A-Z]+)+$/.test(name));
    expect(unknownOf(names).toSorted()).toEqual(['DATABASE_BUSY', 'ROWHOUSE_SECRETS']);
  });

  it('names the secrets that the manifests read', () => {
    const read = (workload: Deployment | Job) =>
      containerOf(workload).env!.flatMap(({ valueFrom }) => valueFrom?.secretKeyRef?.key ?? []);
    expect(rowsOf('secret').map(([name, keys]) => [quoted(name!)[0], quoted(keys!)])).toEqual([
      ['rowhouse', read(deployment)],
      ['rowhouse-migrator', read(readManifest('migrate/job.yaml'))],
    ]);
  });

  it('says what the probes ask', () => {
    const { startupProbe, readinessProbe, livenessProbe } = containerOf(deployment);
    const asked = [startupProbe, readinessProbe, livenessProbe].map((probe) => probe!.httpGet!.path);
    expect(rowsOf('path').map(([path]) => quoted(path!)[0])).toEqual([...asked, '/health']);
    const minutes = (startupProbe!.periodSeconds! * startupProbe!.failureThreshold!) / 60;
    expect(minutes).toBe(10); // "ten minutes"
  });

  it('counts connections as the service opens them', () => {
    const url = (login: string) => `postgres://${login}:secret@localhost/rowhouse`;
    const { database } = loadConfig({
      DATABASE_URL: url('rowhouse_app'),
      CONTROL_DATABASE_URL: url('rowhouse_control'),
    });
    const each = database.tenantPoolMax + database.controlPoolMax + 2;
    const { maxReplicas } = readManifest('autoscaler.yaml').spec!;
    expect(page).toContain(`up to ${each} connections`);
    expect(page).toContain(`take ${(maxReplicas + 1) * each} connections`);
  });

  it('names metrics that there are', () => {
    const files = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' });
    const source = files
      .filter((name) => /(metrics|health|observer|limits).*\.ts$/.test(name))
      .map((name) => readText(`src/${name}`))
      .join('\n');
    const metrics = rowsOf('metric').flatMap(([name]) => quoted(name!));
    expect(metrics.length).toBeGreaterThan(3);
    expect(metrics.filter((name) => !source.includes(name))).toEqual([]);
  });
});
