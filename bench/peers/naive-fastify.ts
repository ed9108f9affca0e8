import Fastify from 'fastify';
import pg from 'pg';
import { v7 } from 'uuid';
import { portOf, serveParent } from '../child.js';
import { secured } from './notes.sql.js';
import { type NewNote, PAGE_SIZE, bodySchema, pageOf, tenantOf } from './page.js';

/** Variant (b), what people write: BEGIN, the tenant, the query and COMMIT, each awaited, with row security. */
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['POOL_MAX']),
});
const app = Fastify();

async function inTenant(tenantId: string, text: string, values: unknown[]) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL app.tenant_id = '${tenantId}'`);
    const { rows } = await client.query(text, values);
    await client.query('COMMIT');
    return rows;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

app.get('/v1/notes', async (request) =>
  pageOf(await inTenant(tenantOf(request.headers), secured.list, [PAGE_SIZE + 1])),
);

app.get<{ Params: { id: string } }>(
  '/v1/notes/:id',
  async (request) => (await inTenant(tenantOf(request.headers), secured.get, [request.params.id]))[0],
);

app.post<{ Body: NewNote }>('/v1/notes', { schema: { body: bodySchema } }, async (request, reply) => {
  const tenantId = tenantOf(request.headers);
  const { title, body = '' } = request.body;
  reply.code(201);
  return (await inTenant(tenantId, secured.insert, [tenantId, v7(), title, body]))[0];
});

serveParent({ port: portOf(await app.listen({ port: 0, host: '127.0.0.1' })) });
