import { SchematicsException } from '@angular-devkit/schematics';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FIELD_TYPES } from './field-types.ts';
import { type Field, parseFields } from './fields.ts';

const parse = (text: string) => parseFields(text, 'invoices');
const wordOf = ({ name, type, isRequired }: Field) => `${name}:${type.name}${isRequired ? '!' : ''}`;

describe('the fields of a resource', () => {
  it.each([
    'title:text! amount:money dueOn:date',
    'title:text!,amount:money,  dueOn:date',
    '\ttitle:text! amount:money\ndueOn:date ',
  ])('are read from %j', (text) => {
    expect(parse(text)).toMatchObject([
      { name: 'title', column: 'title', type: FIELD_TYPES.text, isRequired: true, isNullable: false },
      { name: 'amount', column: 'amount', type: FIELD_TYPES.money, isRequired: false, isNullable: true },
      { name: 'dueOn', column: 'due_on', type: FIELD_TYPES.date, isRequired: false, isNullable: true },
    ]);
  });

  it('are never null where they have a default', () => {
    expect(parse('isPaid:boolean metadata:json')).toMatchObject([
      { isRequired: false, isNullable: false },
      { isRequired: false, isNullable: false },
    ]);
  });

  it.each([
    ['title', 'write name:type'],
    ['title:', 'write name:type'],
    ['title:text?', 'there is no type text?; there are text, money, integer'],
    ['title:string', 'there is no type string'],
    ['title:constructor', 'there is no type constructor'],
    ['due_on:date', 'write it in camelCase'],
    ['Title:text', 'write it in camelCase'],
    ['id:uuid', 'a word of every resource of tenants'],
    ['tenantId:uuid', 'a word of every resource of tenants'],
    ['deletedAt:timestamp', 'a word of every resource of tenants'],
    ['class:text', 'a word of JavaScript'],
    ['order:integer', 'a word of PostgreSQL'],
    ['currentUser:text', 'a word of PostgreSQL'],
    ['title:text title:text', '"title" is there twice'],
    ['tags:json', 'free-form JSON has one place, metadata:json'],
    ['metadata:text', 'free-form JSON has one place, metadata:json'],
    ['metadata:json!', 'never required'],
    [`${'x'.repeat(60)}:text`, 'is too long'],
    [' , ', 'at least one field'],
  ])('are refused of "%s": %s', (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });

  it('are what was written, whatever that is, or a refusal in words', () => {
    const word = fc.oneof(
      fc.string(),
      fc
        .tuple(
          fc.stringMatching(/^[a-zA-Z_]{0,9}$/),
          fc.constantFrom(...Object.keys(FIELD_TYPES), 'x'),
          fc.constantFrom('', '!'),
        )
        .map(([name, type, mark]) => `${name}:${type}${mark}`),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join(' ');
        try {
          expect(parse(text).map(wordOf)).toEqual(text.split(/[\s,]+/).filter((given) => given !== ''));
        } catch (error) {
          if (!(error instanceof SchematicsException)) throw error;
        }
      }),
    );
  });

  it('have columns of their own: no two names lead to one', () => {
    const camel = fc.stringMatching(/^x[a-z0-9]{0,5}([A-Z][a-z0-9]{0,3}){0,3}$/);
    fc.assert(
      fc.property(camel, (name) => {
        const [field] = parse(`${name}:text`);
        expect(field!.column).toMatch(/^[a-z][a-z0-9_]*$/);
        expect(field!.column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())).toBe(name);
      }),
    );
  });
});
