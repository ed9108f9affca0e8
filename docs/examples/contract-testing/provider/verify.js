// Verifies what consumers rely on against the running service: node verify.js VERSION. Ends with 1 where it breaks one.
import { keepsPromise } from './keeps-promise.js';
import { startOrders } from './server.js';

const { ROWHOUSE_URL, ROWHOUSE_API_KEY } = process.env;
const version = process.argv[2];

const orders = await startOrders(version);
const { data: open } = await rowhouse('/v1/verification-tasks?provider=orders&status=open&limit=100');
for (const { id } of open.filter(({ providerVersion }) => providerVersion === version)) {
  const task = await rowhouse(`/v1/verification-tasks/${id}`);
  const results = await Promise.all(task.interactions.map(verify));
  const { outcome } = await rowhouse(`/v1/verification-tasks/${id}/results`, {
    providerVersion: version,
    results,
  });
  report(task, results, outcome);
}
orders.close();

/** Asks what the consumer asked; the answer may say more than was recorded, never less. */
async function verify({ id, request, response }) {
  const { method, path, headers, body } = request;
  const answer = await fetch(`${orders.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const actual = { status: answer.status, body: await answer.json() };
  const error = keepsPromise(actual, { status: response.status, body: response.body });
  return { interactionId: id, success: !error, actualResponse: actual, ...(error && { error }) };
}

async function rowhouse(path, body) {
  const response = await fetch(`${ROWHOUSE_URL}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${ROWHOUSE_API_KEY}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function report({ consumer, consumerVersion, environment }, results, outcome) {
  const lines = [`orders ${version} with ${consumer} ${consumerVersion} (${environment}): ${outcome}`];
  for (const { error } of results) if (error) lines.push(`  ${error}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  if (outcome !== 'passed') process.exitCode = 1;
}
