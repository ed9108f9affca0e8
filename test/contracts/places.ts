/** Which fields the errors of an answer name, each once. */
export const placesOf = ({ errors = [] }: { errors?: { path: string }[] }): string[] => [
  ...new Set(errors.map(({ path }) => path).sort()),
];
