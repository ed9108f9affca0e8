import { describe, expect, it } from '@jest/globals';
import { rowhouse } from './rowhouse-command.js';

/** Nobody listens there: none of these comes so far as to ask. */
const NOWHERE = { url: 'http://127.0.0.1:2', apiKey: 'rh_of_nobody' };
const ASK = ['can-i-deploy', '--service', 'web', '--version', '1', '--environment', 'test'];
const DEPLOY = ['record-deployment', '--service', 'web', '--version', '1'];
const RECORD = ['record-interactions', '-'];

describe('a command for pipelines that is called in the wrong way ends with 3', () => {
  it.each<[string, string[], string, string?]>([
    ['without a required option', DEPLOY, '--environment'],
    [
      'with an option that does not exist',
      [...DEPLOY, '--environment', 'test', '--api-key', 'rh_1'],
      '--api-key',
    ],
    ['with a word too many', [...DEPLOY, '--environment', 'test', 'now'], 'too many arguments'],
    ['without a file', ['record-interactions'], "missing required argument 'file'"],
    ['with a duration without a unit', [...ASK, '--retry-while-unknown', '30'], '30s'],
    ['with another --semver', [...ASK, '--semver', 'major'], 'none, patch, minor'],
    ['where the file does not exist', ['record-interactions', 'nowhere.json'], 'ENOENT'],
    ['where there is nothing to record', RECORD, 'no interactions', '[]'],
    ['where a line is no JSON', RECORD, 'Line 2', '{"service":"web"}\n{"service":'],
    [
      'where the specification is no JSON',
      ['upload-spec', '-', '--service', 'web', '--version', '1'],
      'YAML',
      'openapi: 3.1.0',
    ],
  ])('%s', async (_, args, told, input = '') => {
    const run = await rowhouse(NOWHERE, args, { input });
    expect(run).toMatchObject({ code: 3, out: '' });
    expect(run.err).toContain(told);
  });

  it('where address and key are missing, telling both at once and printing neither', async () => {
    const run = await rowhouse({ url: 'http://ada:hunter2@127.0.0.1', apiKey: 'two words' }, ASK);
    expect(run).toMatchObject({ code: 3, out: '' });
    expect(run.err).toContain('ROWHOUSE_URL');
    expect(run.err).toContain('ROWHOUSE_API_KEY');
    expect(run.err).not.toMatch(/hunter2|two words/);
  });
});
