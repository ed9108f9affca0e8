import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A payload as GitHub sent it; a test reads and changes whatever it holds. */
// oxlint-disable-next-line typescript/no-explicit-any -- as above
export type Payload = any;

interface Definition {
  name: string;
  examples: Payload[];
}

const definitions = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@octokit/webhooks-examples'), 'utf8'),
) as Definition[];

/** Every real payload of an event. */
export const examplesOf = (event: string): Payload[] =>
  structuredClone(definitions.find(({ name }) => name === event)?.examples ?? []);

/** The last real payload of an event and its action, with an installation in it. */
export function example(event: string, action: string): Payload {
  const found = examplesOf(event).findLast((payload) => payload.action === action && payload.installation);
  if (!found) throw new Error(`No example of ${event} ${action}`);
  return found;
}

/** The events of which there is no real payload, in the form that GitHub's OpenAPI description gives them. */
export function repositoryDeleted(): Payload {
  const { changes: _changes, ...payload } = example('repository', 'renamed');
  return { ...payload, action: 'deleted' };
}

export function targetRenamed(): Payload {
  const { installation, sender } = example('installation', 'created');
  return {
    action: 'renamed',
    account: { ...installation.account, login: 'Renamedocat', updated_at: '2022-01-01T00:00:00Z' },
    changes: { login: { from: installation.account.login } },
    installation: { id: installation.id, node_id: 'MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uMQ==' },
    target_type: installation.target_type,
    sender,
  };
}
