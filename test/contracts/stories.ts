import type { TestApp } from '../support/app.js';
import { Scenario } from './scenario.js';

/** web 1.0.0 asks two things of orders, whose version 2.0.0 runs in test; nothing runs in production. */
export async function webAsksOrders(api: TestApp): Promise<Scenario> {
  const shop = new Scenario(api);
  await shop.environments('test', 'production');
  await shop.versions('orders@2.0.0');
  await shop.recorded('web@1.0.0', 'orders', 'GET /orders', 'GET /orders/{id}');
  await shop.deployed('orders@2.0.0', 'test');
  return shop;
}

/** The same after web went to test, too: there is a task. */
export async function webMeetsOrders(api: TestApp): Promise<Scenario> {
  const shop = await webAsksOrders(api);
  await shop.deployed('web@1.0.0', 'test');
  return shop;
}
