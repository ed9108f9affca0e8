import fc from 'fast-check';

/** What has broken one parser, database or template somewhere. None of it looks like what an answer must never hold. */
const NASTY_TEXTS = [
  ['', ' ', '\t', '\0', 'a\0b', '\ud800', 'x\udfff', '\u202eabc', '\ufeff', '\u0085', 'é', 'ﬀ', 'İ', '😀'],
  ['null', 'undefined', 'NaN', 'true', '-1', '0x10', '1e309', '1_000', '９', '9'.repeat(400), '-0', '.5'],
  ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '$ref', '{{7*7}}', '${7*7}', '%00', '%'],
  ["' OR 1=1 --", "'; DROP TABLE services; --", '\\', '"', '`', '$$', '$1', '%s%n', '*', '||', '()', '&&'],
  ['../../etc/passwd', '..%2f..%2f', 'C:\\', 'file:///', 'http://127.0.0.1:1/', 'javascript:0', '<script>'],
  ['now', 'epoch', 'infinity', '-infinity', '24:00', '0000-00-00', '2026-W01', '2026-02-30T25:61:61Z'],
  ['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '2026-01-01T00:00:00+99:99'],
  ['01920000-0000-7000-8000-000000000000', '00000000-0000-0000-0000-000000000001', 'A'.repeat(36)],
  ['GET /{', 'GET /{a}/{a}', 'GET /%', 'get  /', ':', '1.2.3-', `1.0.0-${'0'.repeat(250)}`, '>=1 <2', 'v1'],
  [
    '^(a+)+$',
    '(',
    '[',
    '(?<a',
    '\\u{110000}',
    'a@b',
    '"@"@x.de',
    'a@[::1]',
    'xn--a',
    'ß.de',
    '.',
    '..',
    '--',
  ],
].flat();

const LENGTHS = [63, 64, 100, 101, 200, 201, 255, 256, 257, 1_000, 2_001, 10_001, 66_000];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...NASTY_TEXTS) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('a', 'é', '😀', '0', ' ', '\0', '%', '/'), fc.constantFrom(...LENGTHS))
      .map(([text, length]) => text.repeat(length)),
  },
);

/** Numbers that JSON can say and JavaScript cannot hold. */
const RAW_NUMBERS = [
  '1e400',
  '-1e400',
  '-0',
  '1E-400',
  '123456789012345678901234567890',
  '0.1e1',
  '1e21',
].map(
  // oxlint-disable-next-line typescript/no-explicit-any -- younger than the type library
  (text) => (JSON as any).rawJSON(text) as unknown,
);
const NUMBERS = [
  0,
  -1,
  1.5,
  101,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  2 ** 64,
  1e308,
  Number.MIN_VALUE,
];

const nested = (depth: number, isList: boolean): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = isList ? [value] : { a: value };
  return value;
};

/** Any JSON, above all such as no field wants. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: hostileText },
  { weight: 3, arbitrary: fc.constantFrom<unknown>(...NUMBERS, ...RAW_NUMBERS) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(null, true, false, [], {}, [null], [[]], [{}], { a: null }),
  },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }) },
  {
    weight: 2,
    arbitrary: fc.dictionary(hostileText, fc.constantFrom<unknown>(1, 'a', null, {}), { maxKeys: 4 }),
  },
  { weight: 1, arbitrary: fc.constantFrom(9, 10, 11, 99, 101, 500).map((depth) => nested(depth, true)) },
  { weight: 1, arbitrary: fc.constantFrom(9, 10, 11, 99, 101, 500).map((depth) => nested(depth, false)) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(11, 101, 1_001)).map(repeated),
  },
  // An own property, which an object literal cannot make.
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(JSON.parse('{"__proto__":{"a":1}}'), {
      constructor: { prototype: 1 },
    }),
  },
);

function repeated([value, times]: [unknown, number]): unknown[] {
  return Array.from({ length: times }, () => value);
}

const BROKEN_BODIES = [
  [
    '',
    ' ',
    '{',
    '}',
    '{"a":',
    '[1,]',
    '{"a":1}}',
    '{"a":1,"a":2}',
    "{'a':1}",
    'null',
    'true',
    '1',
    '"a"',
    '[]',
  ],
  [
    'NaN',
    '{"a":01}',
    '{"a":1e}',
    '{"a":"\\u12"}',
    '{"a":"\t"}',
    '{"\\ud800":1}',
    '// a',
    '\ufeff{}',
    'a=1&b=2',
  ],
  ['{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}', '[[[[[[[[[[', '{}'.repeat(1_000)],
  [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  [`{"a":"${'x'.repeat(1_100_000)}"}`, `{${'"a":1,'.repeat(20_000)}"b":1}`, `{"a":${'9'.repeat(100_000)}}`],
].flat();

/** Bodies that are no JSON, or that no `JSON.stringify` writes. */
export const brokenBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.constantFrom(...BROKEN_BODIES),
  fc.uint8Array({ maxLength: 60 }),
  fc.json({ stringUnit: 'binary', maxDepth: 4 }),
);
