import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTraceParent } from './traceparent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceparent', () => {
  it.each([
    [`00-${TRACE}-${SPAN}-01`, true],
    [`00-${TRACE}-${SPAN}-00`, false],
    [`00-${TRACE}-${SPAN}-fe`, false],
    [`cc-${TRACE}-${SPAN}-03-what-the-future-brings`, true],
  ])('reads %s', (header, isSampled) => {
    expect(parseTraceParent(header)).toEqual({ traceId: TRACE, spanId: SPAN, isSampled });
  });

  it.each([
    undefined,
    '',
    [`00-${TRACE}-${SPAN}-01`],
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01-more`,
    `cc-${TRACE}-${SPAN}-01more`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}`,
    ` 00-${TRACE}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}-01\n`,
  ])('refuses %j', (header) => {
    expect(parseTraceParent(header)).toBeUndefined();
  });

  it('answers nothing else than hexadecimal digits', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const parent = parseTraceParent(`00-${TRACE}${a}-${SPAN}${b}-01`);
        if (parent) expect(parent.traceId + parent.spanId).toMatch(/^[0-9a-f]{48}$/);
      }),
    );
  });
});
