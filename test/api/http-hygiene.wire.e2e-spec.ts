import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestApp, createTestApp } from '../support/app.js';
import { SlowModule } from '../support/slow.module.js';
import { eventually } from '../support/eventually.js';
import { RawClient, listen } from '../support/raw-client.js';

/** What no HTTP library would send, byte by byte, on a real connection. */
describe('on the wire', () => {
  let api: TestApp;
  let port: number;
  beforeAll(async () => {
    api = await createTestApp({
      imports: [SlowModule],
      environment: { BODY_LIMIT_BYTES: '1024', RECEIVE_TIMEOUT_MS: '500' },
    });
    port = await listen(api.app);
  });
  afterAll(() => api.close());

  const POST = ['POST /v1/notes HTTP/1.1', 'Host: x', 'Connection: close', 'Content-Type: application/json'];
  const refused: [string, string[], number, string][] = [
    ['no HTTP at all', ['\x16\x03\x01\x02', '', ''], 400, 'BAD_REQUEST'],
    ['an unknown method', ['BREW /v1/notes HTTP/1.1', 'Host: x', '', ''], 400, 'BAD_REQUEST'],
    ['a header without a name', ['GET /v1/notes HTTP/1.1', 'Host: x', ': y', '', ''], 400, 'BAD_REQUEST'],
    [
      'headers of 20 kB',
      ['GET / HTTP/1.1', 'Host: x', `A: ${'x'.repeat(20_000)}`, '', ''],
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['no Host', ['GET /v1/notes HTTP/1.1', 'Connection: close', '', ''], 400, 'HOST_MISSING'],
    [
      'a URL that cannot be decoded',
      ['GET /v1/notes/%zz HTTP/1.1', 'Host: x', 'Connection: close', '', ''],
      400,
      'BAD_REQUEST',
    ],
    [
      'a long path parameter',
      [`GET /v1/notes/${'x'.repeat(300)} HTTP/1.1`, 'Host: x', 'Connection: close', '', ''],
      414,
      'URI_TOO_LONG',
    ],
    ['a Content-Length that is no number', [...POST, 'Content-Length: ten', '', '{}'], 400, 'BAD_REQUEST'],
    [
      'two lengths',
      [...POST, 'Content-Length: 2', 'Transfer-Encoding: chunked', '', '{}'],
      400,
      'BAD_REQUEST',
    ],
    ['a body longer than its limit', [...POST, 'Content-Length: 2000', '', ''], 413, 'BODY_TOO_LARGE'],
    [
      'chunks longer than the limit',
      [...POST, 'Transfer-Encoding: chunked', '', '800', 'x'.repeat(2048), ''],
      413,
      'BODY_TOO_LARGE',
    ],
    ['a chunk of no size', [...POST, 'Transfer-Encoding: chunked', '', 'zz', ''], 400, 'BAD_REQUEST'],
    [
      'a body without a type',
      ['POST /v1/notes HTTP/1.1', 'Host: x', 'Connection: close', 'Content-Length: 2', '', '{}'],
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['nothing', [], 408, 'REQUEST_INCOMPLETE'],
    ['half a header', ['GET /v1/notes HT'], 408, 'REQUEST_INCOMPLETE'],
    ['headers that never end', ['GET /v1/notes HTTP/1.1', 'Host: x', ''], 408, 'REQUEST_INCOMPLETE'],
    ['a body that never ends', [...POST, 'Content-Length: 20', '', '{"title":'], 408, 'REQUEST_INCOMPLETE'],
    [
      'an expectation',
      ['GET /v1/notes HTTP/1.1', 'Host: x', 'Connection: close', 'Expect: tea', '', ''],
      417,
      'EXPECTATION_FAILED',
    ],
    [
      'a method without a route',
      ['PROPFIND /v1/notes HTTP/1.1', 'Host: x', 'Connection: close', '', ''],
      405,
      'METHOD_NOT_ALLOWED',
    ],
    [
      'a target that is no path of ours',
      ['OPTIONS * HTTP/1.1', 'Host: x', 'Connection: close', '', ''],
      404,
      'NOT_FOUND',
    ],
    ['an unknown path', ['GET /v2 HTTP/1.1', 'Host: x', 'Connection: close', '', ''], 404, 'NOT_FOUND'],
    [
      'a target that is no path',
      ['GET v1/notes HTTP/1.1', 'Host: x', 'Connection: close', '', ''],
      400,
      'BAD_REQUEST',
    ],
  ];

  it.each(refused)('%s is answered with a problem document', async (_, lines, status, code) => {
    const client = await RawClient.to(port);
    const { headers, ...answer } = await client.send(...lines).answer();
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:rowhouse:problem:${code}` } });
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/),
      'x-request-id': answer.body['instance'],
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(JSON.stringify(answer.body)).not.toMatch(/at .*:\d+:\d+|node_modules|FST_/);
  });

  it('a client that does not read its answer loses its connection', async () => {
    const server: Server = api.app.getHttpServer();
    expect(server.timeout).toBe(40_000); // REQUEST_TIMEOUT_MS and ten seconds
    server.timeout = 300;
    try {
      const client = await RawClient.to(port);
      client.socket.pause();
      const key = `Authorization: Bearer ${api.acme.apiKey}`;
      client.send('GET /v1/slow/large HTTP/1.1', 'Host: x', key, '', '');
      const connections = () => new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
      await eventually(async () => expect(await connections()).toBe(1));
      await eventually(async () => expect(await connections()).toBe(0));
      client.socket.destroy();
    } finally {
      server.timeout = 40_000;
    }
  });
});

describe('while the server drains', () => {
  it('a request that had begun is served, and its connection closed', async () => {
    const api = await createTestApp();
    const server: Server = api.app.getHttpServer();
    const port = await listen(api.app);
    const accepted = once(server, 'connection');
    const client = await RawClient.to(port);
    client.send('GET /v1/notes HTTP/1.1', 'Host: x', '');
    const [socket] = (await accepted) as [Socket];
    await eventually(() => expect(socket.bytesRead).toBeGreaterThan(0));
    const closed = api.close();
    await eventually(() => expect(server.listening).toBe(false));
    client.send(`Authorization: Bearer ${api.acme.apiKey}`, '', '');
    const { status, headers } = await client.answer();
    expect([status, headers['connection']]).toEqual([200, 'close']);
    await closed;
  });
});
