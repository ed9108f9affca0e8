import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { orderSummary } from './orders-client.js';
import { recordingMock } from './recording-mock.js';

const { VERSION = '1.0.0', RECORDINGS = 'recordings.jsonl' } = process.env;
let orders;

beforeAll(async () => {
  orders = await recordingMock({
    service: 'orders',
    consumer: 'web',
    consumerVersion: VERSION,
    environment: 'test',
  });
});
afterAll(async () => {
  await orders.save(RECORDINGS);
  await orders.close();
});

it('shows the total of an order', async () => {
  orders.expect('GET /orders/{id}', 'GET', '/orders/1', { status: 200, body: { id: '1', total: 12.5 } });
  expect(await orderSummary(orders.url, '1')).toBe('Order 1: 12.50');
});

it('says so where there is no such order', async () => {
  orders.expect('GET /orders/{id}', 'GET', '/orders/404', { status: 404, body: { error: 'NOT_FOUND' } });
  expect(await orderSummary(orders.url, '404')).toBe('There is no such order');
});
