import { describe, expect, it } from '@jest/globals';
import { lineKey } from './line-key.js';

describe('the key of a line', () => {
  it('is the same whether a preview leaves the sku out or a column has none', () => {
    expect(lineKey({ description: 'Design' })).toBe(lineKey({ sku: null, description: 'Design' }));
  });

  it('tells a sku from a description', () => {
    expect(lineKey({ sku: 'a', description: 'b' })).not.toBe(lineKey({ sku: 'b', description: 'a' }));
    expect(lineKey({ sku: '', description: 'b' })).not.toBe(lineKey({ description: 'b' }));
  });
});
