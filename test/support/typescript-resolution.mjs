import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Jest loads globalSetup with Node's own type stripping, outside its module map: there `./x.js` must find `./x.ts`.
 * What is imported after this file may therefore use erasable TypeScript only (no decorators, no enums).
 */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const isOurs =
      specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL?.endsWith('.ts');
    const typescript = isOurs ? new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL) : undefined;
    return typescript && existsSync(fileURLToPath(typescript))
      ? nextResolve(specifier.replace(/\.js$/, '.ts'), context)
      : nextResolve(specifier, context);
  },
});
