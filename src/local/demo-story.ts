const jsonType = { 'content-type': 'application/json' };

export const SERVICES = [
  { name: 'web', description: 'The shop in the browser', versions: ['1.4.2'] },
  { name: 'mobile', description: 'The shop on the phone', versions: ['3.0.0'] },
  { name: 'orders', description: 'Takes and keeps orders', versions: ['2.0.0', '2.1.0'] },
  { name: 'payments', description: 'Charges cards', versions: ['1.4.0'] },
];

const toOrders = { service: 'orders', serviceVersion: '2.1.0', environment: 'test' };
const web = { consumer: 'web', consumerVersion: '1.4.2' };
const getOrder = { method: 'GET', path: '/orders/o-17' };
const postOrder = {
  method: 'POST',
  path: '/orders',
  headers: jsonType,
  body: { sku: 'blue-chair', quantity: 2 },
};
const ordered = (status: string) => ({ id: 'o-17', status, quantity: 2 });

/** What each consumer recorded; that of mobile is not what the document of orders says. */
export const INTERACTIONS = [
  {
    ...toOrders,
    ...web,
    operation: 'GET /orders/{id}',
    request: getOrder,
    response: { status: 200, headers: jsonType, body: ordered('paid') },
    duration: 12,
  },
  {
    ...toOrders,
    ...web,
    operation: 'POST /orders',
    request: postOrder,
    response: { status: 201, headers: jsonType, body: ordered('open') },
    duration: 31,
  },
  {
    ...toOrders,
    consumer: 'mobile',
    consumerVersion: '3.0.0',
    operation: 'GET /orders/{id}',
    request: getOrder,
    response: { status: 200, headers: jsonType, body: ordered('delivered') },
    duration: 18,
  },
  {
    service: 'payments',
    serviceVersion: '1.4.0',
    consumer: 'orders',
    consumerVersion: '2.1.0',
    environment: 'test',
    operation: 'POST /charges',
    request: { method: 'POST', path: '/charges', headers: jsonType, body: { order: 'o-17', card: 'test' } },
    response: { status: 201, headers: jsonType, body: { id: 'c-3', state: 'charged' } },
    duration: 140,
  },
];

/** In their order. web may go to production; mobile may not, since its verification failed. */
export const DEPLOYMENTS = [
  { service: 'orders', version: '2.0.0', environment: 'test' },
  { service: 'orders', version: '2.1.0', environment: 'test' },
  { service: 'payments', version: '1.4.0', environment: 'test' },
  { service: 'web', version: '1.4.2', environment: 'test' },
  { service: 'mobile', version: '3.0.0', environment: 'test' },
  { service: 'orders', version: '2.1.0', environment: 'production' },
];

export const VERDICTS = [
  { consumer: 'web', provider: 'orders', success: true, error: undefined },
  {
    consumer: 'mobile',
    provider: 'orders',
    success: false,
    error: 'status was "sent": orders knows no "delivered"',
  },
];

const fixture = { service: 'orders', serviceVersion: '2.1.0', operation: 'GET /orders/{id}', priority: 1 };
const found = (status: string) => ({
  request: getOrder,
  response: { status: 200, headers: jsonType, body: ordered(status) },
});

export const FIXTURES = [
  { ...fixture, source: 'provider' as const, data: found('paid') },
  {
    ...fixture,
    source: 'consumer' as const,
    data: { request: { method: 'GET', path: '/orders/o-0' }, response: { status: 404 } },
    notes: 'What the shop shows for an order that is gone',
  },
  { ...fixture, source: 'consumer' as const, data: found('delivered') },
  { ...fixture, source: 'manual' as const, data: found('open') },
];

/** What somebody decided about each of the fixtures: approved, still a draft, rejected, deprecated. */
export const DECISIONS: ('approve' | 'reject' | 'deprecate')[][] = [
  ['approve'],
  [],
  ['reject'],
  ['approve', 'deprecate'],
];
