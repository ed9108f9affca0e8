import { readConnection } from './connection.js';
import { badUsage, Ending } from './ending.js';
import { readInput } from './input.js';
import { objectOf, parseJson } from './json.js';
import { jsonText, printable } from './printable.js';
import { RowhouseApi } from './rowhouse-api.js';

interface Options {
  service: string;
  version: string;
  branch?: string;
  environment?: string;
  replace?: boolean;
  timeout: number;
  json?: boolean;
}

/** @param source a file, or `-` */
export async function uploadSpec(source: string, options: Options): Promise<Ending> {
  const { service, version, branch, environment, replace = false, timeout, json = false } = options;
  const api = new RowhouseApi(readConnection(), timeout);
  const spec = objectOf(parseJson(await readInput(source)));
  if (!spec)
    throw badUsage(
      `${nameOf(source)} is not a JSON object. A specification in YAML must be converted to JSON first.`,
    );
  const { created, replaced, raw } = await api.uploadSpec(
    service,
    { version, branch, environment, spec },
    { replace },
  );
  const what = `the specification of ${printable(`${service} ${version}`)}`;
  if (json) console.log(jsonText(raw));
  else if (created) console.log(`Uploaded: ${what}.`);
  else if (replaced) console.log(`Replaced: ${what}.`);
  else console.log(`Nothing was changed: ${what} was there already.`);
  return Ending.YES;
}

const nameOf = (source: string) => (source === '-' ? 'The standard input' : printable(source));
