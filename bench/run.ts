import { startDatabase } from './database.js';
import { startChild } from './fork.js';
import { type LayerCost, measureLayers } from './layers.js';
import { machineFacts } from './machine.js';
import { measureMemory } from './memory.js';
import { readOptions } from './options.js';
import { measurePing } from './ping.js';
import { type Report, keepLayers, keepReport, printReport } from './report.js';
import { measureStartup } from './startup.js';
import { judge } from './targets.js';
import { measureThroughput } from './throughput.js';
import { POOL_SIZE } from './variants.js';
import { measureWire } from './wire.js';

/** `npm run bench [-- --quick] [-- --layers]`: all measurements, or what each layer costs, in one run, printed and kept. See README.md of this folder. */
const options = readOptions(process.argv.slice(2));
const startedAt = performance.now();
const database = await startDatabase();
try {
  if (process.argv.includes('--layers')) await runLayers();
  else await runAll();
} finally {
  await database.stop();
}

async function runAll(): Promise<void> {
  const { report, seconds } = {
    report: await measure(),
    seconds: Math.round((performance.now() - startedAt) / 1_000),
  };
  printReport(report);
  console.log(`Kept in ${await keepReport(report, options.isQuick)}; took ${seconds} s`);
}

async function runLayers(): Promise<void> {
  const generator = await startChild('load', {});
  const costs: LayerCost[] = [];
  for (const latencyMs of [0, 2]) {
    say(`what each layer costs at ${latencyMs} ms`);
    const line = { DELAY_MS: String(latencyMs / 2), TARGET_PORT: String(database.port) };
    const proxy = latencyMs > 0 ? await startChild('latency-proxy', line) : undefined;
    costs.push(
      ...(await measureLayers(database, proxy?.port ?? database.port, latencyMs, generator, options)),
    );
    await proxy?.stop();
  }
  await generator.stop();
  console.table(costs);
  const report = { at: new Date().toISOString(), machine: machineFacts(database.version), options, costs };
  console.log(`Kept in ${await keepLayers(report, options.isQuick)}`);
}

async function measure(): Promise<Report> {
  const ping: Report['ping'] = {};
  const throughput: Report['throughput'] = {};
  const generator = await startChild('load', {});
  for (const latencyMs of [0, 2]) {
    const line = { DELAY_MS: String(latencyMs / 2), TARGET_PORT: String(database.port) };
    const proxy = latencyMs > 0 ? await startChild('latency-proxy', line) : undefined;
    const port = proxy?.port ?? database.port;
    for (const lines of [1, POOL_SIZE]) {
      ping[`${latencyMs} ms, ${lines} at once`] = await measurePing(database.url('app', port), lines);
    }
    say(`throughput at ${latencyMs} ms`);
    throughput[latencyMs] = await measureThroughput(database, port, generator, options);
    await proxy?.stop();
  }
  say('statements and round trips at the wire');
  const wire = await measureWire(database);
  say(`memory over ${options.memoryRequests} requests`);
  const memory = await measureMemory(database, generator, options);
  await generator.stop();
  say('start-up');
  const startup = await measureStartup(database, options.starts);
  const verdicts = judge(throughput, wire);
  return {
    at: new Date().toISOString(),
    machine: machineFacts(database.version),
    options,
    ping,
    throughput,
    wire,
    memory,
    startup,
    verdicts,
  };
}

function say(text: string): void {
  console.log(`- ${text}`);
}
