import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { ApprovalRequests } from './approvals/approval-requests.service.js';
import { ApprovalsController } from './approvals/approvals.controller.js';
import { ApprovalsService } from './approvals/approvals.service.js';
import { ContactsController } from './customers/contacts.controller.js';
import { ContactsService } from './customers/contacts.service.js';
import { CustomersController } from './customers/customers.controller.js';
import { CustomersService } from './customers/customers.service.js';
import { DocumentsController } from './documents/documents.controller.js';
import { DocumentsService } from './documents/documents.service.js';
import { QuotePdfs } from './documents/quote-pdfs.js';
import { ProjectsController } from './projects/projects.controller.js';
import { ProjectsService } from './projects/projects.service.js';
import { Delivery } from './public-links/delivery.service.js';
import { PublicQuotesController } from './public-links/public-quotes.controller.js';
import { PublicQuotes } from './public-links/public-quotes.service.js';
import { QuoteLinks } from './public-links/quote-links.service.js';
import { Visits } from './public-links/visits.service.js';
import { ExpireQuotes } from './quotes/expire-quotes.service.js';
import { ExpiredQuotesSweeper } from './quotes/expired-quotes.sweeper.js';
import { LineRates } from './quotes/line-rates.service.js';
import { QuoteActionsController } from './quotes/quote-actions.controller.js';
import { QuoteEdits } from './quotes/quote-edits.service.js';
import { QuoteLinesController } from './quotes/quote-lines.controller.js';
import { QuoteLinesService } from './quotes/quote-lines.service.js';
import { QuoteList } from './quotes/quote-list.service.js';
import { QuoteMoves } from './quotes/quote-moves.service.js';
import { QuotePreview } from './quotes/quote-preview.service.js';
import { TenantQuoteRules } from './quotes/quote-rules.js';
import { QuoteStore } from './quotes/quote-store.service.js';
import { QuoteTransitions } from './quotes/quote-transitions.service.js';
import { QuotesController } from './quotes/quotes.controller.js';
import { QuotesService } from './quotes/quotes.service.js';
import { RateCardItemsController } from './rate-cards/rate-card-items.controller.js';
import { RateCardItemsService } from './rate-cards/rate-card-items.service.js';
import { RateCardsController } from './rate-cards/rate-cards.controller.js';
import { RateCardsService } from './rate-cards/rate-cards.service.js';
import { ServiceCategoriesController } from './service-categories/service-categories.controller.js';
import { ServiceCategoriesService } from './service-categories/service-categories.service.js';
import { TaxRatesController } from './tax-rates/tax-rates.controller.js';
import { TaxRatesService } from './tax-rates/tax-rates.service.js';
import { QuoteVersionsController } from './versions/versions.controller.js';
import { VersionsService } from './versions/versions.service.js';

/** Quoting: customers and what they are charged, quotes and what became of them. */
@Module({
  imports: [IdentityModule],
  controllers: [
    CustomersController,
    ContactsController,
    ProjectsController,
    ServiceCategoriesController,
    RateCardsController,
    RateCardItemsController,
    TaxRatesController,
    QuotesController,
    QuoteLinesController,
    QuoteActionsController,
    QuoteVersionsController,
    ApprovalsController,
    PublicQuotesController,
    DocumentsController,
  ],
  providers: [
    CustomersService,
    ContactsService,
    ProjectsService,
    ServiceCategoriesService,
    RateCardsService,
    RateCardItemsService,
    TaxRatesService,
    ApprovalRequests,
    ApprovalsService,
    Delivery,
    PublicQuotes,
    QuoteLinks,
    Visits,
    ExpireQuotes,
    ExpiredQuotesSweeper,
    LineRates,
    QuoteEdits,
    QuoteLinesService,
    QuoteList,
    QuoteMoves,
    QuotePreview,
    TenantQuoteRules,
    QuoteStore,
    QuoteTransitions,
    QuotesService,
    VersionsService,
    DocumentsService,
    QuotePdfs,
  ],
})
export class QuotingModule {}
