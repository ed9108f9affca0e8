import type { SourceEdit } from './edit-source.ts';
import type { Field } from './fields.ts';
import type { ResourceNames } from './names.ts';

/** What the house must be told of a new resource, by the file that it is told in. */
export const registrationsOf = (
  { many }: ResourceNames,
  fields: Field[],
): Record<string, (source: SourceEdit) => unknown> => {
  const ids = fields.filter(({ type }) => type.name === 'uuid');
  return {
    'src/app.module.ts': (source) =>
      source
        .addImport(`${many.pascal}Module`, `./${many.kebab}/index.js`)
        .addElement('imports', `${many.pascal}Module`, 'HealthModule'),
    'src/schema.ts': (source) =>
      source
        .addImport(`${many.camel}Schema`, `./${many.kebab}/schema.js`)
        .addElement('schema', `...${many.camel}Schema`),
    'src/identity/scopes.ts': (source) =>
      source
        .addElement('SCOPES', `'${many.kebab}:read': 'Read ${many.spoken}'`, `'platform:`)
        .addElement('SCOPES', `'${many.kebab}:write': 'Keep ${many.spoken}'`, `'platform:`),
    'test/architecture/house.ts': (source) => source.addElement('DOMAIN', `'${many.kebab}'`),
    'test/support/recipes.ts': (source) =>
      source
        .addImport(`${many.constant}_RECIPES`, `./recipes/${many.kebab}.js`)
        .addElement('RECIPES', `...${many.constant}_RECIPES`),
    ...(ids.length > 0 && {
      'test/isolation/attacks/survey.ts': (source) => {
        for (const { column } of ids)
          source.addElement(
            'LOOSE_REFERENCES',
            `'${many.snake}.${column}': 'of another system; what is ours gets a foreign key'`,
          );
      },
    }),
  };
};
