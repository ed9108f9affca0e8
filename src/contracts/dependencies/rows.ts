import type { Box } from './graph-layout.js';

const GAP = 14;

/** Boxes side by side, in as many rows as the width needs. */
export function boxesInRows(
  boxes: { name: string; width: number; height: number }[],
  width: number,
): { boxes: Box[]; height: number } {
  let [left, top, bottom] = [0, 0, 0];
  const placed = boxes.map((box) => {
    if (left > 0 && left + box.width > width) [left, top] = [0, bottom + GAP];
    const centre = { ...box, x: left + box.width / 2, y: top + box.height / 2 };
    left += box.width + GAP;
    bottom = top + box.height;
    return centre;
  });
  return { boxes: placed, height: bottom };
}
