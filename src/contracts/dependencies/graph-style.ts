/** Readable by everybody: text and lines differ from what is behind them by 4.5 to 1 and more (WCAG 2.2, 1.4.3). */
export const SCHEMES = {
  light: { ground: '#ffffff', box: '#eef2f7', border: '#57606a', text: '#1f2328', line: '#57606a' },
  dark: { ground: '#0d1117', box: '#21262d', border: '#8b949e', text: '#e6edf3', line: '#9aa4af' },
};

export const FONT_SIZE = 12; // px
/** Of a fixed-width font, so that a name takes the same room on every machine; the widest of them have 0.61 em. */
export const CHARACTER_WIDTH = 0.61 * FONT_SIZE;

type Scheme = (typeof SCHEMES)['light'];

const rulesOf = ({ ground, box, border, text, line }: Scheme) =>
  [
    `.ground { fill: ${ground} }`,
    `.box { fill: ${box}; stroke: ${border} }`,
    `.text { fill: ${text} }`,
    `.line { stroke: ${line} }`,
    `.head { fill: ${line} }`,
  ].join(' ');

/** Colours follow the reader's scheme, and nothing is told by colour alone. */
export const STYLE = `<style>
text { font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace }
.line { fill: none; stroke-width: 1.3 }
.call { marker-end: url(#head) }
.back { stroke-dasharray: 5 3 }
${rulesOf(SCHEMES.light)}
@media (prefers-color-scheme: dark) { ${rulesOf(SCHEMES.dark)} }
</style>`;

export const HEAD =
  '<defs><marker id="head" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">' +
  '<path class="head" d="M0,0.5 L10,5 L0,9.5 z"/></marker></defs>';
