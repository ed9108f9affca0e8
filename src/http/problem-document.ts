import type { Problem } from './problem.js';

/** What of a problem goes over the wire: RFC 9457. */
export const problemDocument = ({ status, code, title, detail, extras }: Problem, requestId: string) => ({
  type: `urn:rowhouse:problem:${code}`,
  title,
  status,
  detail,
  instance: requestId,
  code,
  ...(extras.errors && { errors: extras.errors }),
});
