import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * The orders service itself. From major version 3 on it says `amount` where it said `total`.
 * @param {string} version
 */
export async function startOrders(version) {
  const total = Number.parseInt(version, 10) >= 3 ? { amount: 12.5 } : { total: 12.5 };
  const orders = new Map([['1', { id: '1', ...total, currency: 'EUR' }]]);
  const server = createServer((request, response) => {
    const order = orders.get(/^\/orders\/([^/?]+)$/.exec(request.url)?.[1]);
    response.writeHead(order ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(order ?? { error: 'NOT_FOUND' }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
