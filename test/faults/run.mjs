import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';

/** `npm run test:faults -- [--minutes N] [--seed S] [--only TEXT]`: every fault, again and again until the time is up. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    only: { type: 'string' },
  },
});
if (!(Number(values.minutes) > 0)) throw new Error('--minutes must be a number above 0');
const jest = join(dirname(createRequire(import.meta.url).resolve('jest/package.json')), 'bin/jest.js');
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
spawn(process.execPath, [...flags, jest, '--runInBand', 'test/faults/faults.e2e-spec.ts'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FAULTS_MINUTES: values.minutes,
    ...(values.seed !== undefined && { FAULTS_SEED: values.seed }),
    ...(values.only !== undefined && { FAULTS_ONLY: values.only }),
  },
}).on('exit', (code) => (process.exitCode = code ?? 1));
