/**
 * Where an answer lacks what was promised, in words; undefined: it does not. Objects may have more than was promised,
 * lists may not.
 */
export function keepsPromise(actual, promised, place = 'response') {
  if (typeof promised !== 'object' || promised === null)
    return actual === promised ? undefined : `${place} is ${show(actual)} instead of ${show(promised)}`;
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(promised))
    return `${place} is ${show(actual)} instead of ${show(promised)}`;
  if (Array.isArray(promised) && actual.length !== promised.length)
    return `${place} has ${actual.length} items instead of ${promised.length}`;
  for (const [key, value] of Object.entries(promised)) {
    const error = keepsPromise(actual[key], value, `${place}.${key}`);
    if (error) return error;
  }
  return undefined;
}

const show = (value) => JSON.stringify(value) ?? 'missing';
