declare module 'pluralize' {
  const pluralize: { singular(word: string): string; plural(word: string): string };
  export = pluralize;
}
