/** How much a tenant has. */
export interface Scale {
  quotes: number;
  customers: number;
  projects: number;
}

export const RATES = 500;
/** The newest quotes have lines. */
const QUOTES_WITH_LINES = 20_000;
const LINES = 5;
const CREATORS = 20;

/** Of a step's rows, so that ids are the same in every run and, as those of the application, ordered by time. */
const KINDS = {
  customer: 1,
  project: 2,
  quote: 3,
  line: 4,
  card: 5,
  rate: 6,
  creator: 7,
  category: 8,
} as const;

const START = 1_750_000_000_000;

const idOf = (kind: keyof typeof KINDS, number: string | number) =>
  `(lpad(to_hex(${START} + (${number})), 12, '0') || '7' || lpad('${KINDS[kind]}', 3, '0') || '8' || repeat('0', 15))::uuid`;

/** The same id, as requests name it. */
export const nameOf = (kind: keyof typeof KINDS, number: number): string => {
  const time = (START + number).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-700${KINDS[kind]}-8000-000000000000`;
};

/** In a hundred quotes; nearly all were answered long ago. */
const STATUS = `CASE WHEN n % 100 < 4 THEN 'draft' WHEN n % 100 < 5 THEN 'pending' WHEN n % 100 < 6 THEN 'approved'
  WHEN n % 100 < 9 THEN 'sent' WHEN n % 100 < 11 THEN 'viewed' WHEN n % 100 < 70 THEN 'accepted'
  WHEN n % 100 < 85 THEN 'rejected' WHEN n % 100 < 95 THEN 'expired' ELSE 'cancelled' END`;

/**
 * The rows of one tenant, as its people would have left them over three years: to be run by a superuser in one session,
 * which leaves out the foreign keys.
 */
export const tenantRows = (tenantId: string, scale: Scale): string[] => [
  `SET session_replication_role = replica`,
  `INSERT INTO customers (tenant_id, id, number, company_name, email, status, tags)
   SELECT '${tenantId}', ${idOf('customer', 'n')}, 'CUST-' || lpad(n::text, 6, '0'), 'Company ' || md5(n::text),
          'office' || n || '@example.com', (ARRAY['active', 'inactive', 'prospect'])[1 + n % 3], ARRAY['tag-' || n % 50]
     FROM generate_series(1, ${scale.customers}) n`,
  `INSERT INTO projects (tenant_id, id, customer_id, code, name)
   SELECT '${tenantId}', ${idOf('project', 'n')}, ${idOf('customer', `1 + n % ${scale.customers}`)}, 'P-' || n, 'Project ' || n
     FROM generate_series(1, ${scale.projects}) n`,
  `INSERT INTO service_categories (tenant_id, id, code, name) VALUES ('${tenantId}', ${idOf('category', 1)}, 'DEV', 'Development')`,
  `INSERT INTO rate_cards (tenant_id, id, name, currency, effective_from, is_default)
   VALUES ('${tenantId}', ${idOf('card', 1)}, 'Standard Rates', 'EUR', '2020-01-01', true)`,
  `INSERT INTO rate_card_items (tenant_id, id, rate_card_id, service_category_id, item_code, name, unit, base_rate)
   SELECT '${tenantId}', ${idOf('rate', 'n')}, ${idOf('card', 1)}, ${idOf('category', 1)}, 'RATE-' || n, 'Work ' || n, 'hour', 50 + n
     FROM generate_series(1, ${RATES}) n`,
  `INSERT INTO tax_rates (tenant_id, id, tax_class, rate, valid_from)
   VALUES ('${tenantId}', gen_random_uuid(), 'standard', 0.15, '2020-01-01'), ('${tenantId}', gen_random_uuid(), 'reduced', 0.1, '2020-01-01')`,
  quotes(tenantId, scale),
  `INSERT INTO quote_lines (tenant_id, id, quote_id, line_number, kind, description, rate_source, quantity, unit, unit_price,
                            tax_class, tax_rate, net, tax, total)
   SELECT '${tenantId}', ${idOf('line', `n * ${LINES} + line`)}, ${idOf('quote', 'n')}, line, 'service', 'Work of ' || line, 'explicit', 8, 'hour', 100,
          'standard', 0.15, 800, 120, 920
     FROM generate_series(greatest(1, ${scale.quotes - QUOTES_WITH_LINES}), ${scale.quotes}) n, generate_series(1, ${LINES}) line`,
];

/** The customer with number 1 has a quote in fifty; the others share the rest. */
const quotes = (tenantId: string, { quotes: count, customers }: Scale) => `
  INSERT INTO quotes (tenant_id, id, number, customer_id, title, description, status, valid_from, valid_until, currency,
                      subtotal, tax_amount, total_amount, approved_by, approved_at, sent_at, accepted_at, reason, created_by, created_at)
  SELECT '${tenantId}', ${idOf('quote', 'n')}, 'Q-' || 2024 + n * 3 / ${count + 1} || '-' || lpad(n::text, 7, '0'),
         ${idOf('customer', `CASE WHEN n % 50 = 0 THEN 1 ELSE 1 + n % ${customers} END`)},
         'Quote ' || md5(n::text), repeat('What we will do, and what not. ', 3), status, day, day + 30, 'EUR',
         4000, 600, 4600, CASE WHEN status NOT IN ('draft', 'pending') THEN 'bench' END,
         CASE WHEN status NOT IN ('draft', 'pending') THEN day + interval '1 day' END,
         CASE WHEN status NOT IN ('draft', 'pending', 'approved') THEN day + interval '2 days' END,
         CASE WHEN status = 'accepted' THEN day + interval '3 days' END,
         CASE WHEN status IN ('rejected', 'cancelled') THEN 'Too dear' END,
         ${idOf('creator', `n % ${CREATORS}`)}::text, day
    FROM (SELECT n, ${STATUS} AS status, (now() - (${count} - n) * (interval '1095 days' / ${count}))::date AS day
            FROM generate_series(1, ${count}) n) made`;
