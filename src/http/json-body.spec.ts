import { expect, it } from '@jest/globals';
import { faultOf } from './json-body.js';

it.each([
  ['', 'The body is empty: send a JSON object.'],
  [' \n', 'The body is empty: send a JSON object.'],
  ['{"name"', 'The body is not valid JSON: line 1, column 8.'],
  ['{"name":', 'The body is not valid JSON: it ends too early.'],
  ['{\n  "name": "x",\n}', 'The body is not valid JSON: line 3, column 1.'],
  ["{'secret': 1}", 'The body is not valid JSON: line 1, column 2.'],
  ['secret', 'The body is not valid JSON.'],
])('says of %j where it goes wrong, without repeating it', (text, fault) => {
  expect(faultOf(text)).toBe(fault);
});

it('names the key that is refused', () => {
  expect(faultOf('{"__proto__":{}}')).toMatch(/`__proto__`/);
});
