import type { Answer } from '../../support/app.js';
import { noteSecret } from '../../support/test-logs.js';
import { type Item, JANE, line, visitor } from '../desk.js';
import { desk, office } from '../here.js';

/** A quote with everything in it that customers must not see. */
const SECRETS = { internalNotes: 'INTERNAL-NOTE', metadata: { tag: 'METADATA-VALUE' } };
const secretLine = () => line({ unitCost: '4242.4242', metadata: { tag: 'METADATA-OF-LINE' } });
export const offered = async (rest: Item = {}) => {
  const quote = await desk.sent({ ...SECRETS, lines: [secretLine()], ...rest });
  const token = await desk.delivered(quote.id);
  noteSecret(token);
  return { quote, token, link: visitor(office, token) };
};
export const stored = async (sql: string, ...values: unknown[]) =>
  (await office.database.query(sql, values)).rows[0] as Record<string, unknown>;
export const code = ({ status, body }: Answer) => [status, body.code];
export const NO_LINK = [404, 'QUOTE_LINK_NOT_FOUND'];
export const OFF = [409, 'QUOTE_STATE'];
export const all = async (link: ReturnType<typeof visitor>, version = 1) => [
  code(await link.read()),
  code(await link.accept({ ...JANE, version })),
  code(await link.reject({ reason: 'no' })),
];

/** Names and values that no answer to a visitor may have. */
export const LEAKS =
  /INTERNAL|METADATA|4242|internal|metadata|unitCost|cost|margin|rateSource|rateCard|createdBy|approvedBy|customerId|exchangeRate|tenant/i;
