import { createHash } from 'node:crypto';
import { Html } from './html.js';

const CSS = `
:root {
  color-scheme: light dark;
  --ground: #eef1f5; --sheet: #ffffff; --text: #1c2430; --faint: #566070; --rule: #d5dbe3; --accent: #1d4f80;
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ground: #0d1117; --sheet: #161c25; --text: #e6ebf2; --faint: #9ba6b5; --rule: #323c4a; --accent: #8fbcf0 }
}
* { box-sizing: border-box }
body {
  margin: 0; padding: 2rem 1rem; background: var(--ground); color: var(--text);
  font: 0.9375rem/1.5 system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif;
}
main {
  max-width: 56rem; margin: 0 auto; padding: 3rem; background: var(--sheet);
  border-top: 0.3rem solid var(--accent); border-radius: 0.3rem; box-shadow: 0 1px 4px rgb(0 0 0 / 0.15);
}
p, h1, h2, dl, dd, address { margin: 0; font-style: normal }
/* Each paragraph runs in the direction of its first letter, and what has no spaces breaks anywhere. */
.text { white-space: pre-line; unicode-bidi: plaintext; text-align: start; overflow-wrap: anywhere; min-width: 0 }
.label { color: var(--faint); font-size: 0.8125rem }
header { display: grid; grid-template-columns: 1fr auto; gap: 0.25rem 2rem; align-items: baseline }
header h1 { grid-column: 1 / -1; margin-top: 1.5rem; font-size: 1.75rem; line-height: 1.25 }
.seller { font-weight: 600; font-size: 1.125rem; color: var(--accent) }
.number { font-variant-numeric: tabular-nums; white-space: nowrap }
.mark {
  margin-inline-start: 0.5rem; padding: 0.1rem 0.6rem; border: 1px solid currentcolor; border-radius: 1rem;
  color: var(--accent); font-size: 0.8125rem;
}
.parties { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; margin-top: 1.5rem }
address > * { display: block }
.parties dl { display: grid; gap: 0.125rem; align-content: start }
.parties dl div { display: grid; grid-template-columns: 6.5rem 1fr; align-items: baseline }
.prose { margin-top: 2rem }
.prose h2 { margin-bottom: 0.25rem; font-size: 1rem }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
th, td { padding: 0.5rem 0 0.5rem 1rem; text-align: start; vertical-align: top }
th:first-child, td:first-child { padding-inline-start: 0 }
.figure { text-align: end; white-space: nowrap }
.lines { width: 100%; margin-top: 2rem }
.lines caption { caption-side: top; padding-bottom: 0.5rem; text-align: start; color: var(--faint); font-size: 0.8125rem }
.lines thead th { border-bottom: 2px solid var(--accent); color: var(--faint); font-size: 0.8125rem; font-weight: 600 }
.lines tbody td { border-bottom: 1px solid var(--rule) }
.lines small { display: block; color: var(--faint) }
.place { color: var(--faint) }
.what { width: 100% }
.totals { margin: 1rem 0 0 auto; break-inside: avoid }
.totals th { font-weight: 400; color: var(--faint) }
.totals th, .totals td { padding-block: 0.25rem }
.totals tr:last-child :is(th, td) {
  border-top: 2px solid var(--accent); padding-top: 0.5rem; color: var(--text); font-size: 1.125rem; font-weight: 700;
}
@media screen and (max-width: 42rem) {
  body { padding: 0 }
  main { padding: 1.5rem 1rem; border-radius: 0 }
  header, .parties { grid-template-columns: 1fr }
  .lines thead { display: none }
  .lines tr { display: grid; grid-template-columns: 2.5rem 1fr; padding-block: 0.75rem; border-bottom: 1px solid var(--rule) }
  .lines tbody td { border: 0; padding: 0; width: auto }
  .lines .figure { grid-column: 2; display: flex; flex-wrap: wrap; gap: 0 0.75rem; justify-content: end }
  .lines .figure::before { content: attr(data-label); margin-inline-end: auto; color: var(--faint) }
  .lines .amount { font-weight: 600 }
  .totals { width: 100% }
}
@page { size: A4; margin: 18mm 16mm }
@media print {
  :root { font-size: 10pt }
  body { padding: 0; background: none }
  main { max-width: none; padding: 0; border: 0; border-radius: 0; box-shadow: none }
  .prose h2 { break-after: avoid }
}
`;

export const STYLE = new Html(`<style>${CSS}</style>`);

/** Of all styles only this one counts; there are no scripts, forms, frames or addresses. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox',
].join(';');
