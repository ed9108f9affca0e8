const EFFECTIVE_FROM = '2026-01-01';

export const TAX_RATES = [
  { taxClass: 'standard' as const, rate: '0.1500', validFrom: EFFECTIVE_FROM },
  { taxClass: 'reduced' as const, rate: '0.1000', validFrom: EFFECTIVE_FROM },
];

export const RATE_CARD = {
  name: 'Standard Rates',
  currency: 'EUR',
  effectiveFrom: EFFECTIVE_FROM,
  isDefault: true,
};

const hour = { unit: 'hour' as const, taxClass: 'standard' as const };

/** One for each kind of work. */
export const RATES = [
  {
    category: { code: 'DEV', name: 'Development' },
    ...hour,
    itemCode: 'DEV-SENIOR',
    name: 'Senior development',
    baseRate: '150.0000',
    cost: '90.0000',
  },
  {
    category: { code: 'DESIGN', name: 'Design' },
    ...hour,
    itemCode: 'DESIGN',
    name: 'Design',
    baseRate: '120.0000',
    cost: '75.0000',
  },
  {
    category: { code: 'QA', name: 'Testing' },
    ...hour,
    itemCode: 'QA',
    name: 'Testing',
    baseRate: '100.0000',
    cost: '60.0000',
  },
  {
    category: { code: 'PM', name: 'Project management' },
    ...hour,
    itemCode: 'PM',
    name: 'Project management',
    baseRate: '80.0000',
    cost: '55.0000',
  },
  {
    category: { code: 'TRAVEL', name: 'Travel', defaultUnit: 'piece' as const },
    itemCode: 'KM',
    name: 'Kilometre by car',
    unit: 'piece' as const,
    baseRate: '0.8500',
    taxClass: 'exempt' as const,
  },
];

/** Each with whom to talk to, and what is done for it. */
export const CUSTOMERS = [
  {
    companyName: 'Acme Corp',
    status: 'active' as const,
    industry: 'Retail',
    website: 'https://acme.example',
    email: 'office@acme.example',
    addressLine1: 'Main Street 1',
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
    tags: ['retail'],
    contact: { name: 'Wile Coyote', role: 'Head of purchasing', email: 'wile@acme.example' },
    project: {
      code: 'WEB',
      name: 'Website Redesign',
      status: 'planning' as const,
      description: 'The shop in new clothes',
      budget: '15000.00',
    },
  },
  {
    companyName: 'Beta Ltd',
    status: 'prospect' as const,
    industry: 'Logistics',
    email: 'hello@beta.example',
    city: 'London',
    country: 'GB',
    tags: [],
    contact: { name: 'Bea Taylor', role: 'Managing director', email: 'bea@beta.example' },
    project: {
      code: 'APP',
      name: 'Mobile App',
      status: 'planning' as const,
      description: 'Parcels on the phone',
      budget: '40000.00',
    },
  },
];

/** Their prices come from the card: 11,843.75 in all. */
export const LINES = [
  { description: 'Development of the new pages', itemCode: 'DEV-SENIOR', quantity: '40' },
  {
    description: 'Design of the new pages',
    itemCode: 'DESIGN',
    quantity: '20',
    discountType: 'percentage' as const,
    discountValue: '0.1',
  },
  {
    description: 'Testing on all devices',
    itemCode: 'QA',
    quantity: '15',
    discountType: 'percentage' as const,
    discountValue: '0.05',
  },
  { description: 'Project management', itemCode: 'PM', quantity: '8' },
  { description: 'Visits to Berlin', kind: 'travel' as const, itemCode: 'KM', quantity: '100' },
];
