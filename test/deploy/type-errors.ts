import { join } from 'node:path';
import ts from 'typescript';
import { root } from './manifests.js';

interface Manifest {
  apiVersion: string;
  kind: string;
}

/** Where kubernetes-types, which is made from the API's OpenAPI document, keeps the types of an apiVersion. */
const moduleOf = (apiVersion: string) =>
  `kubernetes-types/${apiVersion === 'v1' ? 'core/v1' : apiVersion.replace('.k8s.io', '')}.js`;

/** What is wrong with manifests by the types of Kubernetes' API: fields that there are not, are missing, or hold something else. */
export function typeErrorsOf(manifests: readonly Manifest[]): string[] {
  const file = join(root, 'test/deploy/every-manifest.ts');
  const source = manifests
    .map((manifest, index) => {
      const { apiVersion, kind } = manifest;
      const type = `import('${moduleOf(apiVersion)}').${kind}`;
      return `export const _${index}: ${type} = ${JSON.stringify(manifest, undefined, 2)};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2024)
      : getSourceFile.call(host, name, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}
