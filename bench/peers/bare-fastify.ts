import Fastify from 'fastify';
import pg from 'pg';
import { v7 } from 'uuid';
import { portOf, serveParent } from '../child.js';
import { bare } from './notes.sql.js';
import { type NewNote, PAGE_SIZE, bodySchema, pageOf, tenantOf } from './page.js';

/** Variant (a), the limit: one named statement, no transaction, a login that row security does not apply to. */
const pool = new pg.Pool({
  connectionString: process.env['DATABASE_URL'],
  max: Number(process.env['POOL_MAX']),
});
const app = Fastify();

app.get('/v1/notes', async (request) => {
  const values = [tenantOf(request.headers), PAGE_SIZE + 1];
  return pageOf((await pool.query({ name: 'list', text: bare.list, values })).rows);
});

app.get<{ Params: { id: string } }>('/v1/notes/:id', async (request) => {
  const values = [tenantOf(request.headers), request.params.id];
  return (await pool.query({ name: 'get', text: bare.get, values })).rows[0];
});

app.post<{ Body: NewNote }>('/v1/notes', { schema: { body: bodySchema } }, async (request, reply) => {
  const { title, body = '' } = request.body;
  const values = [tenantOf(request.headers), v7(), title, body];
  reply.code(201);
  return (await pool.query({ name: 'insert', text: bare.insert, values })).rows[0];
});

serveParent({ port: portOf(await app.listen({ port: 0, host: '127.0.0.1' })) });
