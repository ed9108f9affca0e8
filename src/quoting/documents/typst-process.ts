/**
 * A program of its own, run by `typst.ts`: reads a task from its input and writes a PDF to its output. The compiler is
 * native code, which nothing but the end of its process can stop, and which ends its process where it panics. Tests run this
 * file as it is, so that it imports no other.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

export interface TypstTask {
  source: string;
  /** `sys.inputs` */
  inputs: Record<string, string>;
  /** The process kills itself where it needs more of its processor's time, or more memory. */
  limits: { cpuMs: number; memoryBytes: number };
}

const FONTS = [
  'noto-sans/400Regular/NotoSans_400Regular.ttf',
  'noto-sans/700Bold/NotoSans_700Bold.ttf',
  'noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  'noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf',
  'noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular.ttf',
  'noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold.ttf',
  'noto-emoji/400Regular/NotoEmoji_400Regular.ttf',
];
const WATCH_EVERY_MS = 20;
/** A third of the share of the service, where both want the same core. */
const NICENESS = 5;

void run();

async function run(): Promise<void> {
  await stepBack();
  const task = (await json(process.stdin)) as TypstTask;
  watch(task.limits);
  process.stdout.end(await pdfOf(task));
}

/** Whoever waits for any other answer of the service goes first; and where memory runs out, Linux ends this process first. */
async function stepBack(): Promise<void> {
  setPriority(NICENESS);
  // Other systems have no such file, and it is a wish: the limits below hold all the same.
  await writeFile('/proc/self/oom_score_adj', '1000').catch(() => undefined);
}

/** In a thread, since the compiler keeps this one from doing anything else. */
function watch({ cpuMs, memoryBytes }: TypstTask['limits']): void {
  const code = `setInterval(() => {
    const { user, system } = process.cpuUsage();
    if (user + system > ${cpuMs * 1_000} || process.memoryUsage.rss() > ${memoryBytes}) process.kill(process.pid, 'SIGKILL');
  }, ${WATCH_EVERY_MS})`;
  new Worker(code, { eval: true }).unref();
}

async function pdfOf({ source, inputs }: TypstTask): Promise<Buffer> {
  const fonts = await Promise.all(FONTS.map(fontOf));
  // The sources could read what is in the workspace: there is nothing in it but this program.
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname, fontArgs: [{ fontBlobs: fonts }] });
  const compiled = compiler.compile({ mainFileContent: source, inputs });
  if (!compiled.result) throw new Error(JSON.stringify(compiled.takeError()?.shortDiagnostics));
  return compiler.pdf(compiled.result);
}

function fontOf(path: string): Promise<Buffer> {
  return readFile(fileURLToPath(import.meta.resolve(`@expo-google-fonts/${path}`)));
}
