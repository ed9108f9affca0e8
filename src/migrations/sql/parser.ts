import type * as libpgQuery from 'libpg-query';

type Parser = typeof libpgQuery;
let loaded: Parser | undefined;

/**
 * PostgreSQL 18's own grammar, compiled to WebAssembly. Loaded once and only by the commands that read SQL: the server
 * asks this room about pending steps and needs no parser. Call it before the pure functions of this folder.
 */
export async function loadParser(): Promise<void> {
  const module = await import('libpg-query');
  await module.loadModule();
  loaded = module;
}

/** @throws when `loadParser()` was not awaited before: the pure rules stay synchronous that way. */
export function parser(): Parser {
  if (!loaded) throw new Error('loadParser() was not awaited');
  return loaded;
}
