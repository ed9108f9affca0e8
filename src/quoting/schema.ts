/** The tables of this room, for commands that need no more of it. */
export * as approvalRequestsSchema from './approvals/approval-requests.schema.js';
export * as countersSchema from './numbers/counters.schema.js';
export * as customersSchema from './customers/customers.schema.js';
export * as projectsSchema from './projects/projects.schema.js';
export * as quoteLinesSchema from './quotes/quote-lines.schema.js';
export * as quoteLinksSchema from './public-links/quote-links.schema.js';
export * as quoteVersionsSchema from './versions/quote-versions.schema.js';
export * as quotesSchema from './quotes/quotes.schema.js';
export * as rateCardsSchema from './rate-cards/rate-cards.schema.js';
export * as serviceCategoriesSchema from './service-categories/service-categories.schema.js';
export * as taxRatesSchema from './tax-rates/tax-rates.schema.js';
