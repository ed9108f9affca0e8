import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

const USAGE = 'npm run test:isolation -- --minutes N [--seed S] [--major M]';
const MAJORS = [15, 16, 17, 18];

/** `npm run test:isolation`: the oracles, for so many minutes in all, on each installed major of PostgreSQL or on one. */
async function main() {
  const { minutes, seed, majors } = options();
  for (const major of majors) {
    const exitCode = await jest({
      ISOLATION_MINUTES: String(minutes / majors.length),
      ISOLATION_SEED: String(seed),
      TEST_DATABASE_MAJOR: String(major),
    });
    if (exitCode !== 0) process.exitCode = 1;
  }
}

function options() {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, major: { type: 'string' } },
  });
  const minutes = Number(values.minutes ?? 4);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const majors = values.major === undefined ? installedMajors() : [Number(values.major)];
  if (!(minutes > 0) || !Number.isInteger(seed) || !MAJORS.includes(majors[0])) throw new Error(USAGE);
  return { minutes, seed, majors };
}

/** All but the newest come by `npm run postgres:majors`. */
const installedMajors = () =>
  existsSync(new URL('../../majors/node_modules', import.meta.url)) ? MAJORS : MAJORS.slice(-1);

async function jest(environment) {
  const child = spawn('jest', ['test/isolation/oracles/oracles'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...environment,
      NODE_OPTIONS:
        '--experimental-vm-modules --disable-warning=ExperimentalWarning --max-semi-space-size=64',
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const [exitCode] = await once(child, 'exit');
  return exitCode;
}

await main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
