import { describe, expect, it } from '@jest/globals';
import { SCHEMES } from './graph-style.js';

/** The relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

it('measures contrast as WCAG does', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each(Object.entries(SCHEMES))('the %s scheme', (_, { ground, box, border, text, line }) => {
  it.each([
    ['text on the ground', text, ground],
    ['text in a box', text, box],
    ['a line on the ground', line, ground],
    ['a border on the ground', border, ground],
  ])('shows %s with 4.5 to 1 and more', (_what, front, behind) => {
    expect(contrast(front, behind)).toBeGreaterThanOrEqual(4.5);
  });
});
