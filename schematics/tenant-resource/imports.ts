/** From where the written files have their names. A type says so. */
const SOURCES: Record<string, readonly string[]> = {
  '@nestjs/swagger': ['ApiProperty'],
  'class-validator': [
    'IsBoolean',
    'IsEmail',
    'IsInt',
    'IsOptional',
    'IsString',
    'IsUUID',
    'IsUrl',
    'Length',
    'Max',
    'Min',
  ],
  'drizzle-orm': ['relations', 'sql'],
  'drizzle-orm/pg-core': ['boolean', 'check', 'date', 'integer', 'text', 'uuid'],
  '../database/schema.js': ['metadata', 'metadataCheck', 'tenantTable', 'tenants', 'timestamptz'],
  '../database/index.js': ['type Metadata', 'type MetadataFilter'],
  '../http/index.js': [
    'IsDay',
    'IsDecimal',
    'IsInstant',
    'IsMetadata',
    'IsMetadataFilter',
    'MayBeAbsent',
    'PageQuery',
    'WellFormed',
  ],
  '../money/index.js': ['FORMATS', 'numericColumn'],
};

/** The import statements of what `code` uses. */
export const importsFor = (code: string): string =>
  Object.entries(SOURCES)
    .map(([source, names]) =>
      importOf(
        source,
        names.filter((name) => isUsed(code, name)),
      ),
    )
    .filter((statement) => statement !== '')
    .join('\n');

/** A type behind a colon; all else called, used as a tag or for what it holds, or extended. Keys and texts do not count. */
const isUsed = (code: string, name: string) =>
  name.startsWith('type ')
    ? new RegExp(`: ${name.slice('type '.length)}\\b`).test(code)
    : new RegExp(`(?<![\\w.'$])${name}(?=[(\`.]| \\{)`).test(code);

function importOf(source: string, names: string[]): string {
  if (names.length === 0) return '';
  const areTypes = names.every((name) => name.startsWith('type '));
  const listed = areTypes ? names.map((name) => name.replace('type ', '')) : names;
  return `import ${areTypes ? 'type ' : ''}{ ${listed.join(', ')} } from '${source}';`;
}
