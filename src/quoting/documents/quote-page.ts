import { type Html, html } from './html.js';
import { STYLE } from './quote-page-style.js';
import type { DocumentLine, QuoteDocument, Total } from './quote-document.types.js';

/** A document as a page of HTML: no scripts, nothing from elsewhere, and its values as text wherever they stand. */
export const quotePage = (document: QuoteDocument): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.number}: ${document.title}</title>
        ${STYLE}
      </head>
      <body>
        <main>
          ${heading(document)} ${parties(document)} ${prose(null, document.description)} ${lines(document)}
          ${totals(document.totals)} ${prose('Notes', document.notes)} ${prose('Terms', document.terms)}
        </main>
      </body>
    </html> `.text;

const heading = ({ seller, number, mark, title }: QuoteDocument): Html => html`
  <header>
    <p class="seller text" dir="auto">${seller}</p>
    <p class="number">Quote ${number} ${mark && html`<strong class="mark">${mark}</strong>`}</p>
    <h1 class="text" dir="auto">${title}</h1>
  </header>
`;

const parties = ({ customer, facts }: QuoteDocument): Html => html`
  <section class="parties">
    <address>
      <span class="label">For</span>
      <strong class="text" dir="auto">${customer.name}</strong>
      ${customer.lines.map((line) => html`<span class="text" dir="auto">${line}</span>`)}
    </address>
    <dl>
      ${facts.map(
        ({ label, text }) =>
          html`<div>
            <dt class="label">${label}</dt>
            <dd class="text" dir="auto">${text}</dd>
          </div>`,
      )}
    </dl>
  </section>
`;

const prose = (title: string | null, text: string | null): Html | null =>
  text === null
    ? null
    : html`<section class="prose">
        ${title && html`<h2>${title}</h2>`}
        <p class="text" dir="auto">${text}</p>
      </section> `;

const lines = ({ lines: rows, legend }: QuoteDocument): Html => html`
  <table class="lines">
    <caption>
      ${legend}
    </caption>
    <thead>
      <tr>
        <th scope="col">#</th>
        <th scope="col">Description</th>
        <th scope="col" class="figure">Quantity</th>
        <th scope="col" class="figure">Unit price</th>
        <th scope="col" class="figure">Tax</th>
        <th scope="col" class="figure">Amount</th>
      </tr>
    </thead>
    <tbody>
      ${
        rows.length === 0
          ? html`<tr>
              <td colspan="6">No lines yet</td>
            </tr>`
          : rows.map(row)
      }
    </tbody>
  </table>
`;

const row = (line: DocumentLine): Html =>
  html`<tr>
    <td class="place">${line.number}</td>
    <td class="what">
      <div class="text" dir="auto">${line.description}</div>
      ${line.sku && html`<small class="text" dir="auto">${line.sku}</small>`}
    </td>
    <td class="figure" data-label="Quantity">${line.quantity}</td>
    <td class="figure" data-label="Unit price">
      ${line.unitPrice}${line.discount && html`<small>${line.discount}</small>`}
    </td>
    <td class="figure" data-label="Tax">${line.taxRate}</td>
    <td class="figure amount" data-label="Amount">${line.amount}</td>
  </tr> `;

const totals = (steps: Total[]): Html => html`
  <table class="totals">
    ${steps.map(
      ({ label, amount }) =>
        html`<tr>
          <th scope="row">${label}</th>
          <td class="figure">${amount}</td>
        </tr> `,
    )}
  </table>
`;
