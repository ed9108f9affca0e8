import { ValidateBy } from 'class-validator';

/** Refuses what holds more values, at any depth, than would fit in memory beside others of its kind. */
export const HasAtMostValues = (maxValues: number) =>
  ValidateBy({
    name: 'size',
    constraints: [maxValues],
    validator: {
      validate: (value: unknown) => !isLargerThan(maxValues, value),
      defaultMessage: (context) => `${context?.property} must not hold more than ${maxValues} values`,
    },
  });

/** Whether it holds more values, at any depth. Stops counting early. Without recursion. */
export function isLargerThan(maxValues: number, whole: unknown): boolean {
  const waiting = [whole];
  for (let count = 0; waiting.length > 0;) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const children = Object.values(next) as unknown[];
    count += children.length;
    if (count > maxValues) return true;
    for (const child of children) waiting.push(child);
  }
  return false;
}
