import { readConnection } from './connection.js';
import { Ending } from './ending.js';
import { jsonText, printable } from './printable.js';
import { RowhouseApi } from './rowhouse-api.js';

interface Options {
  service: string;
  version: string;
  environment: string;
  gitSha?: string;
  timeout: number;
  json?: boolean;
}

export async function recordDeployment({ timeout, json = false, ...options }: Options): Promise<Ending> {
  const { service, version, environment, gitSha } = options;
  const api = new RowhouseApi(readConnection(), timeout);
  const { created, raw } = await api.recordDeployment({ service, version, environment, gitSha });
  const what = printable(`${service} ${version}`);
  if (json) console.log(jsonText(raw));
  else if (created) console.log(`Recorded: ${what} runs in ${printable(environment)} now.`);
  else console.log(`${what} ran in ${printable(environment)} already; nothing was changed.`);
  return Ending.YES;
}
