import { defineProblem } from '../http/index.js';

/** Of customers, projects, rate cards and tax rates. */
export const catalogueProblems = {
  customerNotFound: defineProblem(
    404,
    'CUSTOMER_NOT_FOUND',
    'Customer not found',
    () => 'This tenant has no such customer.',
  ),
  customerHasQuotes: defineProblem(
    409,
    'CUSTOMER_HAS_QUOTES',
    'Customer has quotes',
    (number: string) => `Quotes refer to customer ${number}; it stays with them.`,
  ),
  contactNotFound: defineProblem(
    404,
    'CONTACT_NOT_FOUND',
    'Contact not found',
    () => 'This customer has no such contact.',
  ),
  projectNotFound: defineProblem(
    404,
    'PROJECT_NOT_FOUND',
    'Project not found',
    () => 'This tenant has no such project.',
  ),
  projectExists: defineProblem(
    409,
    'PROJECT_EXISTS',
    'Project exists',
    (code: string) => `This tenant has a project "${code}" already.`,
  ),
  projectHasQuotes: defineProblem(
    409,
    'PROJECT_HAS_QUOTES',
    'Project has quotes',
    (code: string) => `Quotes refer to project "${code}"; it stays with them.`,
  ),
  ownerNotMember: defineProblem(
    422,
    'OWNER_NOT_MEMBER',
    'Owner is not a member',
    () => 'Whoever owns a project is a member of this tenant: name the id of a user who is.',
  ),
  serviceCategoryNotFound: defineProblem(
    404,
    'SERVICE_CATEGORY_NOT_FOUND',
    'Service category not found',
    () => 'This tenant has no such service category.',
  ),
  serviceCategoryExists: defineProblem(
    409,
    'SERVICE_CATEGORY_EXISTS',
    'Service category exists',
    (code: string) => `This tenant has a service category "${code}" already.`,
  ),
  serviceCategoryInUse: defineProblem(
    409,
    'SERVICE_CATEGORY_IN_USE',
    'Service category is in use',
    (code: string) => `Rate cards have rates for "${code}"; remove them first.`,
  ),
  rateCardNotFound: defineProblem(
    404,
    'RATE_CARD_NOT_FOUND',
    'Rate card not found',
    () => 'This tenant has no such rate card.',
  ),
  rateCardExists: defineProblem(
    409,
    'RATE_CARD_EXISTS',
    'Rate card exists',
    () => 'This tenant has a rate card of this name and version already.',
  ),
  defaultRateCardTaken: defineProblem(
    409,
    'DEFAULT_RATE_CARD_TAKEN',
    'Another card became the default',
    () => 'At the same moment another rate card was made the default of this currency.',
  ),
  rateCardItemNotFound: defineProblem(
    404,
    'RATE_CARD_ITEM_NOT_FOUND',
    'Rate card item not found',
    () => 'This rate card has no such item.',
  ),
  rateCardItemExists: defineProblem(
    409,
    'RATE_CARD_ITEM_EXISTS',
    'Rate card item exists',
    () => 'This rate card has an item with this code already.',
  ),
  taxRateNotFound: defineProblem(
    404,
    'TAX_RATE_NOT_FOUND',
    'Tax rate not found',
    () => 'This tenant has no such tax rate.',
  ),
  taxRateExists: defineProblem(
    409,
    'TAX_RATE_EXISTS',
    'Tax rate exists',
    () => 'This tax class has a rate from that day on already.',
  ),
  exemptIsNotTaxed: defineProblem(
    422,
    'EXEMPT_IS_NOT_TAXED',
    'What is exempt has no tax',
    () => 'The rate of the class "exempt" is 0.',
  ),
  periodReversed: defineProblem(
    422,
    'PERIOD_REVERSED',
    'Ends before it begins',
    () => 'The day on which it begins comes before the day on which it ends.',
  ),
};
