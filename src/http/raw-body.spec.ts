import { request as httpRequest } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import Fastify from 'fastify';
import fc from 'fast-check';
import { addRawBodies, readBytes } from './raw-body.js';

const LIMIT = 1_000;
const stream = async function* (chunks: Iterable<Buffer>) {
  yield* chunks;
};
const chunksOf = fc.array(fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array)));

describe('the bytes of a body', () => {
  it('are those that came, whether their number was told or not', async () => {
    await fc.assert(
      fc.asyncProperty(chunksOf, fc.boolean(), async (chunks, isTold) => {
        const whole = Buffer.concat(chunks);
        const length = isTold ? whole.length : undefined;
        const reading = readBytes(stream(chunks), length, LIMIT);
        if (whole.length > LIMIT) await expect(reading).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
        else expect(await reading).toEqual(whole);
      }),
    );
  });

  it('are refused before they come where too many are told', async () => {
    let asked = 0;
    const chunks = stream([Buffer.alloc(1)]);
    const counted = { [Symbol.asyncIterator]: () => (asked++, chunks) };
    await expect(readBytes(counted, LIMIT + 1, LIMIT)).rejects.toMatchObject({ status: 413 });
    expect(asked).toBe(0);
  });

  it('are no more than came, where more were told', async () => {
    expect(await readBytes(stream([Buffer.from('ab')]), 900, LIMIT)).toEqual(Buffer.from('ab'));
  });

  it('are held once: 25 MB take 25 MB', async () => {
    const chunk = Buffer.alloc(64 * 1024);
    const count = 400;
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const chunks = (async function* () {
      for (let sent = 0; sent < count; sent++) {
        yield chunk;
        most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      }
    })();
    const bytes = await readBytes(chunks, count * chunk.length, 25 * 1024 * 1024);
    expect(bytes).toHaveLength(count * chunk.length);
    expect(most).toBeLessThan(1.2 * bytes.length);
  });
});

describe('a route that wants bytes', () => {
  const LARGE = 2 * 1024 * 1024;
  const AT_ONCE = 8;
  const upload = (port: number, length: number) => {
    const headers = { 'content-type': 'application/json', 'content-length': length };
    const sending = httpRequest({ port, method: 'POST', path: '/', headers });
    const status = new Promise<number>((resolve, reject) => {
      sending.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode!)));
      sending.on('error', reject);
    });
    sending.write('{');
    return { status, finish: () => sending.end(Buffer.alloc(length - 1)) };
  };

  it('reads few large bodies at once, so that those who sign nothing do not fill the memory, and any number of small ones', async () => {
    const fastify = Fastify();
    addRawBodies(fastify);
    fastify.post('/', { config: { rawBodyBytes: LARGE } }, ({ rawBody }) => String(rawBody?.length));
    const { port } = new URL(await fastify.listen({ host: '127.0.0.1', port: 0 }));
    const uploads = Array.from({ length: AT_ONCE }, () => upload(Number(port), LARGE));
    // Whoever comes last is refused, whichever of them that is.
    const oneTooMany = upload(Number(port), LARGE);
    const all = [...uploads, oneTooMany];
    expect(await Promise.race(all.map(({ status }) => status))).toBe(503);
    const small = upload(Number(port), 10);
    small.finish();
    expect(await small.status).toBe(200);
    for (const { finish } of all) finish();
    const statuses = (await Promise.all(all.map(({ status }) => status))).sort();
    expect(statuses).toEqual([...Array<number>(AT_ONCE).fill(200), 503]);
    // Places are free again.
    const again = upload(Number(port), LARGE);
    again.finish();
    expect(await again.status).toBe(200);
    await fastify.close();
  });
});
