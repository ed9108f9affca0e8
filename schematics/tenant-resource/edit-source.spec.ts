import { describe, expect, it } from '@jest/globals';
import { SourceEdit } from './edit-source.ts';

const edit = (text: string) => new SourceEdit('list.ts', text);

describe('an import', () => {
  const imports = `import { z } from 'zod';\nimport { a } from './a.js';\n// why c\nimport { c } from './c.js';\n`;

  it.each([
    ['./b.js', `import { a } from './a.js';\n// why c\nimport { B } from './b.js';\nimport { c }`],
    ['./d.js', `import { c } from './c.js';\nimport { B } from './d.js';\n`],
  ])('of %s is put where its path belongs', (path, expected) => {
    expect(edit(imports).addImport('B', path).text).toContain(expected);
  });
});

describe('an element', () => {
  it.each([
    ['a list', 'const LIST = [1, 2];', 'const LIST = [1, 2, 3];'],
    ['a constant list', 'const LIST = [1] as const;', 'const LIST = [1, 3] as const;'],
    ['an empty list', 'const LIST: number[] = [];', 'const LIST: number[] = [3];'],
    [
      'a list with a comma at its end',
      'const LIST = [\n  1, // one\n];',
      'const LIST = [\n  1, 3, // one\n];',
    ],
    ['the list of a property', 'f({ LIST: [1] });', 'f({ LIST: [1, 3] });'],
    [
      'the list, whatever else has its name',
      'const x = { LIST: 1 }, LIST = [1];',
      'const x = { LIST: 1 }, LIST = [1, 3];',
    ],
  ])('is put at the end of %s', (_, text, expected) => {
    expect(edit(text).addElement('LIST', '3').text).toBe(expected);
  });

  it('is put in front of the one that is named, below what is said of it', () => {
    const text = `const MAP = {\n  'a:b': 1,\n  // of the house\n  'z:y': 2,\n} as const;`;
    expect(edit(text).addElement('MAP', `'c:d': 3`, `'z:`).text).toBe(
      `const MAP = {\n  'a:b': 1,\n  // of the house\n  'c:d': 3, 'z:y': 2,\n} as const;`,
    );
  });

  it('is put into the one of two lists that has what it stands in front of', () => {
    const text = `@Module({ imports: [a] })\nclass X { y = { imports: [b, z] } }`;
    expect(edit(text).addElement('imports', 'c', 'z').text).toContain('{ imports: [b, c, z] }');
  });

  it('is refused where there is no such list, by its name', () => {
    expect(() => edit('const OTHER = [];').addElement('LIST', '3')).toThrow(
      'list.ts has no list or object "LIST"',
    );
  });
});
