import { describe, expect, it } from '@jest/globals';
import { factsOfLines } from '../../../test/support/quote-facts.js';
import { quoteDocument } from './quote-document.js';
import { QuotePdfs, memoryLimit } from './quote-pdfs.js';

const TENANT = '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f60';

describe('PDFs of quotes', () => {
  it('are not made for a client that is gone, and its tenant has its turn back', async () => {
    const pdfs = new QuotePdfs();
    const document = quoteDocument(factsOfLines(1));
    await expect(pdfs.make(document, TENANT, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CLIENT_GONE',
    });
    expect((await pdfs.make(document, TENANT)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it.each([
    [0, 640],
    [512, 170],
    [1_024, 341],
    [16_384, 640],
  ])('in a container of %d MB may take %d MB each', (container, each) => {
    expect(Math.floor(memoryLimit(container * 2 ** 20) / 2 ** 20)).toBe(each);
  });
});
