// Run after every npm install: adds the optional platform packages that the registry at hand does not carry. npm leaves them
// out of the lock file it writes, and `npm ci` then calls that file out of sync.
import fs from 'node:fs';
const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(fs.readFileSync(file, 'utf8'));
const P = lock.packages;
const added = [];
const OS = [
  'darwin',
  'win32',
  'linux',
  'android',
  'freebsd',
  'openharmony',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
];
const CPU = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el', 'wasm32'];
for (const [path, p] of Object.entries(P))
  for (const [name, version] of Object.entries(p.optionalDependencies ?? {})) {
    if (!/^\d/.test(version)) continue;
    if (P[`${path}/node_modules/${name}`] || P[`node_modules/${name}`]) continue;
    const os = OS.find((x) => name.includes(x));
    const cpu = CPU.find((x) => new RegExp(`[-/]${x}(-|$)`).test(name));
    if (!os || !cpu) {
      console.log('skipped', name);
      continue;
    }
    P[`node_modules/${name}`] = {
      version,
      cpu: [cpu],
      ...(p.dev && { dev: true }),
      optional: true,
      os: [os],
    };
    added.push(`${name}@${version}`);
  }
const root = P[''];
const rest = Object.fromEntries(
  Object.entries(P)
    .filter(([k]) => k)
    .sort(([a], [b]) => a.localeCompare(b, 'en')),
);
lock.packages = { '': root, ...rest };
fs.writeFileSync(file, JSON.stringify(lock, null, 2) + '\n');
console.log(added.length, 'added');
