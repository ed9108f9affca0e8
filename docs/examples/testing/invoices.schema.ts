import { foreignKey, text, uuid } from 'drizzle-orm/pg-core';
import { tenantTable } from 'rowhouse/database';

export const invoices = tenantTable('invoices', { number: text('number').notNull() });

export const invoiceLines = tenantTable(
  'invoice_lines',
  { invoiceId: uuid('invoice_id').notNull(), text: text('text').notNull() },
  (t) => [
    foreignKey({
      name: 'invoice_lines_invoice_fkey',
      columns: [t.tenantId, t.invoiceId],
      foreignColumns: [invoices.tenantId, invoices.id],
    }),
  ],
);
