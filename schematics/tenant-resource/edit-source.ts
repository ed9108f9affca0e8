import ts from 'typescript';
import { refusal } from './refusal.ts';

/** The text of a TypeScript file, to which something is added where its syntax tree says; the rest stays as it is. */
export class SourceEdit {
  readonly path: string;
  text: string;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Among the imports of our own files, which stand in the order of their paths. */
  addImport(names: string, from: string): this {
    const imports = this.parse().statements.filter((statement) => ts.isImportDeclaration(statement));
    const next = imports.find((statement) => pathOf(statement).startsWith('.') && pathOf(statement) > from);
    const at = next?.getStart() ?? (imports.at(-1)?.end ?? -1) + 1;
    return this.insert(at, `import { ${names} } from '${from}';\n`);
  }

  /**
   * To the list or object that `name` is: of a constant, or of a property.
   * @param before the first words of an element, in front of which it is put; at the end where there is none
   */
  addElement(name: string, element: string, before?: string): this {
    const literals = this.literalsOf(name);
    const next = literals
      .flatMap(elementsOf)
      .find((one) => before !== undefined && one.getText().startsWith(before));
    if (next) return this.insert(next.getStart(), `${element}, `);
    const [literal] = literals;
    if (!literal)
      throw refusal(`${this.path} has no list or object "${name}", to which the resource would be added`);
    const last = elementsOf(literal).at(-1);
    return last ? this.insert(last.end, `, ${element}`) : this.insert(literal.getStart() + 1, element);
  }

  private literalsOf(name: string): Literal[] {
    const found: Literal[] = [];
    const visit = (node: ts.Node): void => {
      const isNamed =
        (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) && node.name.getText() === name;
      const value = isNamed && node.initializer ? withoutAssertion(node.initializer) : undefined;
      if (value && (ts.isArrayLiteralExpression(value) || ts.isObjectLiteralExpression(value)))
        found.push(value);
      ts.forEachChild(node, visit);
    };
    visit(this.parse());
    return found;
  }

  private parse() {
    return ts.createSourceFile(this.path, this.text, ts.ScriptTarget.Latest, true);
  }

  private insert(at: number, text: string): this {
    this.text = this.text.slice(0, at) + text + this.text.slice(at);
    return this;
  }
}

type Literal = ts.ArrayLiteralExpression | ts.ObjectLiteralExpression;

const elementsOf = (literal: Literal): readonly ts.Node[] =>
  ts.isArrayLiteralExpression(literal) ? literal.elements : literal.properties;

/** `[...] as const` is a list all the same. */
const withoutAssertion = (node: ts.Expression): ts.Expression =>
  ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? withoutAssertion(node.expression) : node;

const pathOf = ({ moduleSpecifier }: ts.ImportDeclaration) => (moduleSpecifier as ts.StringLiteral).text;
