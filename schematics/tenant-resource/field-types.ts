/** What a type of field is in each of the files that are written. */
export interface FieldType {
  name: FieldTypeName;
  /** The function that makes the column. */
  column: string;
  /** Of the column, where the client says nothing; without one it is null. */
  default?: string;
  /** Decorators of what a client sends. */
  rules: readonly string[];
  /** In TypeScript. */
  type: 'string' | 'number' | 'boolean' | 'Metadata';
  /** For OpenAPI. */
  schema: string;
  /** As the API answers it, which a client may send too; then another. */
  examples: readonly [Example, Example];
  /** What is refused. */
  wrong: readonly [unknown, ...unknown[]];
}

type Example = string | number | boolean | object;

export type FieldTypeName =
  'text' | 'money' | 'integer' | 'boolean' | 'date' | 'timestamp' | 'uuid' | 'json' | 'email' | 'url';

export const FIELD_TYPES: Record<FieldTypeName, FieldType> = {
  text: {
    name: 'text',
    column: 'text',
    rules: ['IsString()', 'Length(1, MAX_TEXT)'],
    type: 'string',
    schema: 'type: String',
    examples: ['Words', 'Other words'],
    wrong: ['', 1],
  },
  money: {
    name: 'money',
    column: 'numericColumn',
    rules: ['IsDecimal(FORMATS.amount)'],
    type: 'string',
    schema: 'type: String',
    examples: ['1234.50', '0.10'],
    wrong: ['1234.505', '-1.00', true],
  },
  integer: {
    name: 'integer',
    column: 'integer',
    rules: ['IsInt()', 'Min(-MAX_INTEGER)', 'Max(MAX_INTEGER)'],
    type: 'number',
    schema: "type: 'integer'",
    examples: [7, 8],
    wrong: [1.5, 2_147_483_648, '7'],
  },
  boolean: {
    name: 'boolean',
    column: 'boolean',
    default: 'false',
    rules: ['IsBoolean()'],
    type: 'boolean',
    schema: 'type: Boolean',
    examples: [true, false],
    wrong: ['true', 1],
  },
  date: {
    name: 'date',
    column: 'date',
    rules: ['IsDay()'],
    type: 'string',
    schema: 'type: String',
    examples: ['2026-11-21', '2028-02-29'],
    wrong: ['2026-02-29', '2026-11-21T00:00:00Z'],
  },
  timestamp: {
    name: 'timestamp',
    column: 'timestamptz',
    rules: ['IsInstant()'],
    type: 'string',
    schema: 'type: String',
    examples: ['2026-11-21T09:30:00.000Z', '2028-02-29T23:59:59.999Z'],
    wrong: ['2026-11-21', '2026-11-21T09:30:00'],
  },
  uuid: {
    name: 'uuid',
    column: 'uuid',
    rules: ['IsUUID()'],
    type: 'string',
    schema: 'type: String',
    examples: ['0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f67', '0192f1c0-7b3e-7cc2-9d43-0a4b7d1e5f68'],
    wrong: ['7', '0192f1c0'],
  },
  json: {
    name: 'json',
    column: 'metadata',
    default: '{}',
    rules: ['IsMetadata()'],
    type: 'Metadata',
    schema: 'type: Object',
    examples: [{ source: 'import' }, { tags: ['vip'] }],
    wrong: ['text', { price: 1 }],
  },
  email: {
    name: 'email',
    column: 'text',
    // `@IsEmail()` takes 254 characters at most, as RFC 5321 does.
    rules: ['WellFormed()', 'IsEmail()'],
    type: 'string',
    schema: 'type: String',
    examples: ['ada@people.example', 'grace@people.example'],
    wrong: ['ada', 'ada@'],
  },
  url: {
    name: 'url',
    column: 'text',
    rules: ["IsUrl({ protocols: ['http', 'https'], require_protocol: true })", 'Length(1, MAX_URL)'],
    type: 'string',
    schema: 'type: String',
    examples: ['https://acme.example', 'https://globex.example/about'],
    wrong: ['acme', 'javascript:alert(1)'],
  },
};
