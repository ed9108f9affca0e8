export const ORDERS_VERSION = '2.1.0';

const order = { $ref: '#/components/schemas/Order' };
const json = (schema: object) => ({ 'application/json': { schema } });

/** What the service `orders` offers, as it is uploaded. */
export const ORDERS_API = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: ORDERS_VERSION },
  paths: {
    '/orders': {
      post: {
        requestBody: {
          required: true,
          content: json({
            type: 'object',
            required: ['sku', 'quantity'],
            properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
          }),
        },
        responses: { '201': { description: 'Ordered', content: json(order) } },
      },
    },
    '/orders/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '200': { description: 'The order', content: json(order) },
          '404': { description: 'There is none' },
        },
      },
    },
  },
  components: {
    schemas: {
      Order: {
        type: 'object',
        required: ['id', 'status'],
        properties: {
          id: { type: 'string' },
          status: { enum: ['open', 'paid', 'sent'] },
          quantity: { type: 'integer' },
        },
      },
    },
  },
};
