import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { preferredType } from './accept.js';

const acceptsJson = (accept: string | undefined) => preferredType(accept, ['application/json']) !== undefined;

describe('an Accept header', () => {
  it.each([
    undefined,
    '',
    ',',
    '*/*',
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/*',
    'application/problem+json',
    'text/html, application/xhtml+xml, */*;q=0.1',
    'text/html;q=1, application/json;q=0.001',
    'application/xml, application/* ; q=0.5',
    'application/json;q=0, application/problem+json',
    'text/*;q=0.9, application/json;profile="a,b;q=0"',
    'application/json, application/json;q=0',
  ])('%j leaves room for JSON', (accept) => {
    expect(acceptsJson(accept)).toBe(true);
  });

  it.each([
    'text/html',
    'application/xml',
    'application/vnd.api+json',
    'application/json;q=0',
    'application/json; q=0.0',
    '*/*;q=0',
    'application/*;q=0, */*',
    'application/json;q=0, application/problem+json;q=0, */*',
    'text/plain, application/json;level=1;q=0',
    'application/json;q=nothing',
  ])('%j does not', (accept) => {
    expect(acceptsJson(accept)).toBe(false);
  });

  it('never throws, whatever a client sends', () => {
    fc.assert(fc.property(fc.string(), (accept) => expect(typeof acceptsJson(accept)).toBe('boolean')));
  });

  it('lets the quality of JSON itself decide, wherever it stands', () => {
    const other = fc.constantFrom('text/html', '*/*', 'application/*', 'image/*;q=0.5', '*/*;q=0');
    fc.assert(
      fc.property(fc.array(other), fc.array(other), fc.nat(1000), (before, after, thousandths) => {
        const quality = (thousandths / 1000).toFixed(3);
        const both = ['application/json', 'application/problem+json'].map((type) => `${type};q=${quality}`);
        expect(acceptsJson([...before, ...both, ...after].join(', '))).toBe(thousandths > 0);
      }),
    );
  });

  it('takes no longer for quotes and backslashes than for anything else of that length', () => {
    for (const end of ['', '\\', '"'])
      expect(acceptsJson(`application/json;a="${'\\"'.repeat(30_000)}${end}`)).toBe(true);
  }, 2_000);
});

describe('of JSON and a picture', () => {
  const preferred = (accept: string | undefined) =>
    preferredType(accept, ['application/json', 'image/svg+xml']);

  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['*/*', 'application/json'],
    ['application/json', 'application/json'],
    ['image/svg+xml', 'image/svg+xml'],
    ['Image/SVG+XML; charset=utf-8', 'image/svg+xml'],
    ['image/*', 'image/svg+xml'],
    ['application/json, image/svg+xml', 'application/json'],
    ['image/svg+xml, application/json', 'application/json'],
    ['application/json;q=0.5, image/svg+xml;q=0.6', 'image/svg+xml'],
    ['application/json;q=0.6, image/svg+xml;q=0.5', 'application/json'],
    ['application/json;q=0, */*', 'image/svg+xml'],
    ['image/svg+xml;q=0, image/*, */*;q=0.1', 'application/json'],
    ['application/problem+json', 'application/json'],
    // What the <img> of Chrome, Firefox and Safari sends, and the address line of Chrome.
    ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'image/svg+xml'],
    ['image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5', 'image/svg+xml'],
    ['image/webp,image/avif,video/*;q=0.8,image/png,image/*;q=0.8,*/*;q=0.5', 'image/svg+xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'application/json'],
    ['image/png', undefined],
    ['text/html', undefined],
    ['application/json;q=0, image/svg+xml;q=0, application/problem+json;q=0, */*', undefined],
  ])('%j likes %s best', (accept, type) => {
    expect(preferred(accept)).toBe(type);
  });

  it('the one of the higher quality is it, wherever they stand', () => {
    const thousandths = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(thousandths, thousandths, fc.boolean(), (json, picture, isJsonFirst) => {
        const ranges = [`application/json;q=${json / 1000}`, `image/svg+xml;q=${picture / 1000}`];
        const best = picture > json ? 'image/svg+xml' : 'application/json';
        expect(preferred((isJsonFirst ? ranges : ranges.toReversed()).join(','))).toBe(best);
      }),
    );
  });

  it('a route with a picture only does not take a reader of problems for one of pictures', () => {
    const ofPicture = (accept: string) => preferredType(accept, ['image/svg+xml']);
    expect(['application/problem+json', 'application/json', '*/*'].map(ofPicture)).toEqual([
      undefined,
      undefined,
      'image/svg+xml',
    ]);
  });
});
