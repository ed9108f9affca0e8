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
