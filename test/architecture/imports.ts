import { cruise, type ICruiseResult, type IDependency } from 'dependency-cruiser';

/** One import statement: of a file under `src` (`src/...`), or of an npm package. */
export interface Import {
  from: string;
  /** A path from the project's folder; for a package its name. */
  to: string;
  isPackage: boolean;
  /** Erased by the compiler: `import type`. */
  isTypeOnly: boolean;
  /** Not installed in production. */
  isDevelopment: boolean;
}

/** All imports of the code under `<folder>/src` but its tests, type-only and dynamic ones too; not of Node's own modules. */
export async function readImports(folder: string): Promise<Import[]> {
  const { output } = await cruise(
    ['src'],
    {
      baseDir: folder,
      tsPreCompilationDeps: true,
      exclude: { path: '\\.spec\\.ts$' },
      doNotFollow: { path: 'node_modules' },
    },
    {
      extensionAlias: { '.js': ['.ts', '.js'] },
      conditionNames: ['import', 'types', 'node', 'default'],
      exportsFields: ['exports'],
    },
  );
  const { modules } = output as ICruiseResult;
  return modules
    .filter(({ source }) => source.startsWith('src/'))
    .flatMap(({ source, dependencies }) =>
      dependencies.filter(({ coreModule }) => !coreModule).map((found) => importOf(source, found)),
    );
}

function importOf(from: string, { module, resolved, dependencyTypes: types }: IDependency): Import {
  const isPackage = !module.startsWith('.');
  return {
    from,
    to: isPackage ? packageOf(module) : resolved,
    isPackage,
    isTypeOnly: types.includes('type-only'),
    isDevelopment: isPackage && !types.includes('npm'),
  };
}

const packageOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** The folder directly under `src` that a file stands in; `(root)` for those beside the rooms. */
export const roomOf = (file: string): string => /^src\/([^/]+)\//.exec(file)?.[1] ?? '(root)';
