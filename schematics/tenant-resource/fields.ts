import { FIELD_TYPES, type FieldType, type FieldTypeName } from './field-types.ts';
import { refusal } from './refusal.ts';
import { ownerOf } from './reserved.ts';

/** One field of a resource, as `dueOn:date!` says it. */
export interface Field {
  name: string;
  /** `due_on` */
  column: string;
  type: FieldType;
  isRequired: boolean;
  /** Can it hold null? What has a default cannot. */
  isNullable: boolean;
}

const FIELD = /^([^:!]+):([^:!]+)(!?)$/;
const CAMEL_CASE = /^[a-z][a-z0-9]*([A-Z][a-z0-9]*)*$/;
/** PostgreSQL's 63 bytes, less those of `_..._length`, which is put around the table and the column. */
const LONGEST_PAIR = 63 - '__length'.length;

/** From `title:text! amount:money`, with spaces or commas between them. Refuses what no column can be made of. */
export function parseFields(text: string, table: string): Field[] {
  const fields = text
    .split(/[\s,]+/)
    .filter((word) => word !== '')
    .map((word) => parseField(word, table));
  if (fields.length === 0) throw refusal('A resource has at least one field, such as name:text!');
  const twice = fields.find(({ name }, at) => fields.findIndex((other) => other.name === name) !== at);
  if (twice) throw refusal(`"${twice.name}" is there twice`);
  return fields;
}

function parseField(word: string, table: string): Field {
  const [, name = '', typeName = '', mark = ''] = FIELD.exec(word) ?? [];
  if (name === '')
    throw refusal(`"${word}" is no field: write name:type, or name:type! where it is required`);
  const type = typeOf(typeName, word);
  const column = checkedColumn(name, table);
  if ((type.name === 'json') !== (name === 'metadata'))
    throw refusal(`"${word}": free-form JSON has one place, metadata:json (docs/metadata.md)`);
  if (type.name === 'json' && mark)
    throw refusal(`"${word}": metadata is {} where nothing is said, and never required`);
  const isRequired = mark === '!';
  return { name, column, type, isRequired, isNullable: !isRequired && type.default === undefined };
}

function typeOf(name: string, word: string): FieldType {
  if (Object.hasOwn(FIELD_TYPES, name)) return FIELD_TYPES[name as FieldTypeName];
  throw refusal(`"${word}": there is no type ${name}; there are ${Object.keys(FIELD_TYPES).join(', ')}`);
}

function checkedColumn(name: string, table: string): string {
  if (!CAMEL_CASE.test(name))
    throw refusal(`"${name}" is no name of a field: write it in camelCase, as in dueOn`);
  const column = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const owner = ownerOf(name, column);
  if (owner) throw refusal(`"${name}" is a word of ${owner}: choose another name`);
  if (table.length + column.length > LONGEST_PAIR)
    throw refusal(
      `"${name}" is too long: with ${table} in front, PostgreSQL would cut the names of its constraints`,
    );
  return column;
}
