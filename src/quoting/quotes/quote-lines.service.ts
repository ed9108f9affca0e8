import { Injectable } from '@nestjs/common';
import { newId } from '../../database/index.js';
import { quotingProblems } from '../quoting.problems.js';
import type { LineDraft, QuoteLine } from './draft.types.js';
import { lineInput } from './line-input.js';
import { LineRates } from './line-rates.service.js';
import { MAX_LINES } from './line-rules.js';
import { changedLine, needsRate, wholeLine } from './line-change.js';
import { type Editing, QuoteEdits } from './quote-edits.service.js';
import type { QuoteLineInputDto, UpdateQuoteLineDto } from './quote-line-input.dto.js';
import { rateTerms } from './rate-terms.js';
import { contentOf } from './quote-snapshot.js';
import type { QuoteRow } from './quote-columns.js';
import { QuoteStore } from './quote-store.service.js';
import type { QuoteDto } from './quote-answers.dto.js';

type By = Omit<Editing, 'verb' | 'isContent'>;

/** The lines of the calling tenant's quotes. Each change answers the whole quote, calculated anew. */
@Injectable()
export class QuoteLinesService {
  constructor(
    private readonly store: QuoteStore,
    private readonly edits: QuoteEdits,
    private readonly rates: LineRates,
  ) {}

  async list(quoteId: string): Promise<QuoteLine[]> {
    const { lines } = await this.store.find(quoteId);
    return lines;
  }

  /** Behind the others. Throws `TOO_MANY_LINES`. */
  add(quoteId: string, dto: QuoteLineInputDto, by: By): Promise<QuoteDto> {
    return this.edits.edit(quoteId, { ...by, verb: 'add_line' }, async ({ row, lines }) => {
      if (lines.length >= MAX_LINES) throw quotingProblems.tooManyLines(MAX_LINES);
      const lineNumber = (lines.at(-1)?.lineNumber ?? 0) + 1;
      const added = await this.resolve([{ dto, id: newId(), lineNumber }], row, by);
      return { terms: contentOf(row), lines: [...lines, ...added] };
    });
  }

  /** Throws `QUOTE_LINE_NOT_FOUND`. */
  change(quoteId: string, lineId: string, dto: UpdateQuoteLineDto, by: By): Promise<QuoteDto> {
    return this.edits.edit(quoteId, { ...by, verb: 'change_line' }, async ({ row, lines }) => {
      const before = lineOf(lines, lineId);
      const [after] = needsRate(before, dto)
        ? await this.resolve(
            [{ dto: wholeLine(before, dto), id: before.id, lineNumber: before.lineNumber }],
            row,
            by,
          )
        : await this.retaxed(before, changedLine(before, dto), row);
      return { terms: contentOf(row), lines: lines.map((line) => (line === before ? after! : line)) };
    });
  }

  /** The others keep their numbers. Throws `QUOTE_LINE_NOT_FOUND`. */
  remove(quoteId: string, lineId: string, by: By): Promise<QuoteDto> {
    return this.edits.edit(quoteId, { ...by, verb: 'remove_line' }, async ({ row, lines }) => {
      const gone = lineOf(lines, lineId);
      return { terms: contentOf(row), lines: lines.filter((line) => line !== gone) };
    });
  }

  /** A line whose number was there before keeps its id, so that versions tell what became of it. */
  replaceAll(quoteId: string, dtos: QuoteLineInputDto[], by: By): Promise<QuoteDto> {
    return this.edits.edit(quoteId, { ...by, verb: 'replace_lines' }, async ({ row, lines }) => {
      const ids = new Map(lines.map(({ lineNumber, id }) => [lineNumber, id]));
      const places = dtos.map((dto, at) => ({ dto, id: ids.get(at + 1) ?? newId(), lineNumber: at + 1 }));
      return { terms: contentOf(row), lines: await this.resolve(places, row, by) };
    });
  }

  private resolve(places: Place[], row: QuoteRow, { by }: By): Promise<LineDraft[]> {
    const inputs = places.map(({ dto, ...place }) => lineInput(dto, place));
    return this.rates.resolve(inputs, rateTerms(row, by));
  }

  /** The rate of a class is looked up where the line has another class now; else it keeps what it was given. */
  private async retaxed(before: QuoteLine, after: LineDraft, row: QuoteRow): Promise<LineDraft[]> {
    return after.taxClass === before.taxClass ? [after] : this.rates.taxedOn([after], row.validFrom);
  }
}

interface Place {
  dto: QuoteLineInputDto;
  id: string;
  lineNumber: number;
}

function lineOf(lines: readonly QuoteLine[], id: string): QuoteLine {
  const found = lines.find((line) => line.id === id.toLowerCase());
  if (!found) throw quotingProblems.lineNotFound();
  return found;
}
