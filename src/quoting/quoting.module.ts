import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/index.js';
import { ContactsController } from './customers/contacts.controller.js';
import { ContactsService } from './customers/contacts.service.js';
import { CustomersController } from './customers/customers.controller.js';
import { CustomersService } from './customers/customers.service.js';
import { DocumentsController } from './documents/documents.controller.js';
import { DocumentsService } from './documents/documents.service.js';
import { QuotePdfs } from './documents/quote-pdfs.js';
import { ProjectsController } from './projects/projects.controller.js';
import { ProjectsService } from './projects/projects.service.js';
import { RateCardItemsController } from './rate-cards/rate-card-items.controller.js';
import { RateCardItemsService } from './rate-cards/rate-card-items.service.js';
import { RateCardsController } from './rate-cards/rate-cards.controller.js';
import { RateCardsService } from './rate-cards/rate-cards.service.js';
import { ServiceCategoriesController } from './service-categories/service-categories.controller.js';
import { ServiceCategoriesService } from './service-categories/service-categories.service.js';
import { TaxRatesController } from './tax-rates/tax-rates.controller.js';
import { TaxRatesService } from './tax-rates/tax-rates.service.js';

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
    DocumentsService,
    QuotePdfs,
  ],
})
export class QuotingModule {}
