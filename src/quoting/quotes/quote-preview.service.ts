import { Injectable } from '@nestjs/common';
import type { Principal } from '../../identity/index.js';
import { FORMATS } from '../../money/index.js';
import { dayOf } from './expiry.js';
import { columnText, lineInput } from './line-input.js';
import { LineRates } from './line-rates.service.js';
import { priceDraft } from './price-draft.js';
import type { QuotePreviewDto } from './quote-answers.dto.js';
import type { PreviewQuoteDto } from './quotes.dto.js';
import { rateTerms } from './rate-terms.js';

/** What a quote would cost: the same rates and the same calculation, and nothing is stored. */
@Injectable()
export class QuotePreview {
  constructor(private readonly rates: LineRates) {}

  async preview(dto: PreviewQuoteDto, by: Principal): Promise<QuotePreviewDto> {
    const { currency, validFrom = dayOf(new Date()), pricesIncludeTax = false, discountType = null } = dto;
    const discountValue = columnText(dto.discountValue, FORMATS.unitPrice);
    const inputs = dto.lines.map((line, at) => lineInput(line, { id: '', lineNumber: at + 1 }));
    const drafts = await this.rates.resolve(inputs, rateTerms({ currency, validFrom }, by));
    const { lines, figures } = priceDraft({ pricesIncludeTax, discountType, discountValue }, drafts);
    return { currency, validFrom, ...figures, lines: lines.map(({ id: _id, ...line }) => line) };
  }
}
