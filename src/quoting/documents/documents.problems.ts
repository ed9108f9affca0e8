import { defineProblem } from '../../http/index.js';

/** Why there is no PDF of a quote; its page there is always. */
export const documentProblems = {
  documentBusy: defineProblem(
    503,
    'DOCUMENT_BUSY',
    'Too many documents at once',
    () => 'Too many PDFs are waiting to be made. Try again, or ask for text/html.',
    () => ({ headers: { 'retry-after': '2' } }),
  ),
  documentRefused: defineProblem(
    422,
    'DOCUMENT_REFUSED',
    'No PDF of this quote',
    (number: string) =>
      `The texts of quote ${number} take more than a PDF may, or cannot be set as pages. Shorten them, or ask for text/html.`,
  ),
};
