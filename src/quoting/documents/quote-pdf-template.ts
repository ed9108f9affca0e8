/**
 * A document as pages, in Typst. The texts come in as data (`sys.inputs`), and a string is text to Typst whatever it says:
 * nothing of a client's is ever source.
 */
export const QUOTE_PDF_TEMPLATE = String.raw`
#let quote = json(bytes(sys.inputs.document))
#let accent = rgb("#1d4f80")
#let faint = rgb("#566070")
#let rule = 0.5pt + rgb("#d5dbe3")

#set document(title: quote.number + ": " + quote.title, date: none)
#set text(font: ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Emoji"), size: 9pt, lang: "en", fill: rgb("#1c2430"))
#set par(leading: 0.6em, spacing: 0.6em)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 18mm, bottom: 20mm),
  footer: context text(8pt, fill: faint)[Quote #quote.number #h(1fr) Page #counter(page).display("1 of 1", both: true)],
)
#show heading.where(level: 1): set text(17pt)
#show heading.where(level: 2): set text(10.5pt)

// What has no spaces breaks at every eighth letter, by room that nobody sees and that is not copied with the text. At every
// letter, four thousand of them would take a second.
#let long-word = regex("[\S\u{a0}\u{202f}]{24,}")
#let right-to-left = regex("^[^\p{L}]*[\p{Hebrew}\p{Arabic}]")
#let line-of-text(it) = {
  show long-word: word => word.text.clusters().chunks(8).map(letters => letters.join()).join(h(0.001pt))
  set text(dir: if it.contains(right-to-left) { rtl } else { ltr })
  it
}
// Each paragraph runs in the direction of its first letter.
#let free(it) = for paragraph in it.split("\n") {
  if paragraph.trim() == "" { v(0.6em) } else { block(above: 0.6em, below: 0.6em, width: 100%, line-of-text(paragraph)) }
}
#let small(it) = text(8pt, fill: faint, it)

#grid(
  columns: (1fr, auto),
  column-gutter: 2em,
  text(12pt, weight: "bold", fill: accent, free(quote.seller)),
  [Quote #quote.number #if quote.mark != none {
    h(0.5em)
    box(stroke: 0.7pt + accent, radius: 1em, outset: (y: 0.25em), inset: (x: 0.7em), text(8pt, weight: "bold", fill: accent, quote.mark))
  }],
)
#v(1.2em)
#heading(level: 1, free(quote.title))
#v(1em)
#grid(
  columns: (1fr, 1fr),
  column-gutter: 2em,
  {
    small[For]
    strong(free(quote.customer.name))
    quote.customer.lines.map(free).join()
  },
  grid(
    columns: (6.5em, 1fr),
    row-gutter: 0.6em,
    ..quote.facts.map(fact => (small(fact.label), free(fact.text))).flatten(),
  ),
)
#let prose(title, it) = if it != none {
  v(1.2em)
  if title != none { heading(level: 2, title) }
  free(it)
}
#prose(none, quote.description)
#v(1.5em)
#small(quote.legend)
#table(
  columns: (auto, 1fr, auto, auto, auto, auto),
  align: (x, y) => if x < 2 { start + top } else { end + top },
  inset: (x, y) => (left: if x == 0 { 0pt } else { 0.6em }, right: if x == 5 { 0pt } else { 0.6em }, y: 0.6em),
  stroke: (x, y) => (bottom: if y == 0 { 1pt + accent } else { rule }),
  table.header(..([\#], [Description], [Quantity], [Unit price], [Tax], [Amount]).map(it => strong(small(it)))),
  ..if quote.lines.len() == 0 { (table.cell(colspan: 6)[No lines yet],) },
  ..quote.lines.map(line => (
    text(fill: faint, line.number),
    { free(line.description); if line.sku != none { small(free(line.sku)) } },
    line.quantity,
    { line.unitPrice; if line.discount != none { linebreak(); small(line.discount) } },
    line.taxRate,
    line.amount,
  )).flatten(),
)
#block(breakable: false, width: 100%, align(end, table(
  columns: 2,
  align: (start, end),
  inset: (x: 0pt, y: 0.4em),
  column-gutter: 2em,
  stroke: none,
  ..quote.totals.slice(0, -1).map(step => (text(fill: faint, step.label), step.amount)).flatten(),
  table.hline(stroke: 1pt + accent),
  ..(quote.totals.last(),).map(total => (total.label, total.amount).map(it => table.cell(inset: (x: 0pt, top: 0.8em, bottom: 0.4em), text(11pt, strong(it))))).flatten(),
)))
#prose("Notes", quote.notes)
#prose("Terms", quote.terms)
`;
