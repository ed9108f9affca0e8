import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readBytes } from './raw-body.js';

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
