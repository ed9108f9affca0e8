import { type Outcome, OUTCOMES, type Recording } from './answers.js';
import { batchesOf } from './batches.js';
import { readConnection } from './connection.js';
import { badUsage, Ending, PipelineError } from './ending.js';
import { parseItems, readInput } from './input.js';
import { objectOf, textOf } from './json.js';
import { jsonText, printable } from './printable.js';
import { placesInWords } from './problem.js';
import { RowhouseApi } from './rowhouse-api.js';

interface Options {
  strict?: boolean;
  timeout: number;
  json?: boolean;
}

/** What became of the interaction that stood there in the input, counted from 1. */
interface Numbered extends Recording {
  number: number;
  operation: string;
}

const MAX_SHOWN = 20;

/** @param source a file, or `-` */
export async function recordInteractions(source: string, options: Options): Promise<Ending> {
  const { strict = false, timeout, json = false } = options;
  const api = new RowhouseApi(readConnection(), timeout);
  const items = parseItems(await readInput(source));
  if (items.length === 0) throw badUsage(`There are no interactions in ${printable(source)}.`);
  const recordings = numbered(items, await recordAll(api, items, { strict }));
  const summary = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(recordings, outcome)]));
  const striking = recordings.filter(({ places, outcome }) => places.length > 0 || isLost(outcome));
  console.log(json ? jsonText({ summary, striking }) : inWords(recordings, striking));
  return recordings.some(({ outcome }) => isLost(outcome)) ? Ending.NO : Ending.YES;
}

/** Batch after batch. Recording the same file again does no harm: what is known is a duplicate. */
async function recordAll(api: RowhouseApi, items: unknown[], how: { strict: boolean }): Promise<Recording[]> {
  const recordings: Recording[] = [];
  for (const batch of batchesOf(items)) {
    const answer = api.recordInteractions(batch, how);
    recordings.push(
      ...(await answer.catch((error: unknown) => stoppedAfter(recordings.length, items, error))),
    );
  }
  return recordings;
}

function stoppedAfter(done: number, { length }: unknown[], error: unknown): never {
  if (!(error instanceof PipelineError) || done === 0) throw error;
  const message = `${error.message}\nStopped after ${done} of ${length} interactions; all may be sent again.`;
  throw new PipelineError(error.exitCode, message, error.problem);
}

const numbered = (items: unknown[], recordings: Recording[]): Numbered[] =>
  recordings.map((recording, index) => ({
    number: index + 1,
    operation: textOf(objectOf(items[index])?.['operation']) ?? '',
    ...recording,
  }));

const isLost = (outcome: Outcome) => outcome === 'refused' || outcome === 'invalid';
const count = (recordings: Recording[], wanted: Outcome) =>
  recordings.filter(({ outcome }) => outcome === wanted).length;

function inWords(recordings: Numbered[], striking: Numbered[]): string {
  const counts = OUTCOMES.map((outcome) => `${count(recordings, outcome)} ${outcome}`).join(', ');
  const lines = striking
    .slice(0, MAX_SHOWN)
    .flatMap((each) => [headingOf(each), ...placesInWords(each.places)]);
  const more = striking.length - MAX_SHOWN;
  return [counts, ...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function headingOf({ number, operation, outcome }: Numbered): string {
  const fate = isLost(outcome) ? outcome : `${outcome}, but contradicts the specification`;
  return [`#${number}`, ...(operation === '' ? [] : [printable(operation)]), `${fate}:`].join(' ');
}
