import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

/** `npm run test:fuzz -- --requests N --seed S`: the long campaign, against the built server as a process of its own. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
  },
});
for (const [name, value] of Object.entries(values)) {
  if (/^[1-9]\d{0,9}$/.test(value)) continue;
  process.stderr.write(`--${name} takes a whole number, not "${value}"\n`);
  process.exit(2);
}
const nodeOptions =
  '--experimental-vm-modules --disable-warning=ExperimentalWarning --max-semi-space-size=64';
const child = spawn('jest', ['test/fuzz/fuzz'], {
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_OPTIONS: nodeOptions,
    FUZZ_REQUESTS: values.requests,
    FUZZ_SEED: values.seed,
  },
});
child.on('exit', (code) => process.exit(code ?? 1));
