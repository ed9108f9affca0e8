import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';

/**
 * Plays a provider: answers each request as the test expects, and keeps what was really asked as an interaction.
 * @param {{ service: string, consumer: string, consumerVersion: string, environment: string }} parties
 */
export async function recordingMock(parties) {
  const expected = new Map();
  const interactions = [];
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    const found = expected.get(`${method} ${path}`);
    if (!found) {
      response.writeHead(501).end();
      return;
    }
    const { operation, answer } = found;
    const recorded = { method, path, headers: { accept: headers.accept } };
    interactions.push({ ...parties, operation, request: recorded, response: answer });
    response.writeHead(answer.status, answer.headers).end(JSON.stringify(answer.body));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    /** @param {string} operation as the provider's specification names it, `GET /orders/{id}` */
    expect(operation, method, path, { status, body }) {
      const headers = { 'content-type': 'application/json' };
      expected.set(`${method} ${path}`, { operation, answer: { status, headers, body } });
    },
    /** Writes what was asked as JSON lines. */
    save: (file) => writeFile(file, interactions.map((each) => `${JSON.stringify(each)}\n`).join('')),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
