import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The text of a PEM file; throws if it cannot be read or does not begin with a certificate. */
export function readCertificate(path: string): string {
  const pem = readFileSync(path, 'utf8');
  // Node ignores a `ca` it cannot parse and would then report every server as untrusted, far from the cause.
  void new X509Certificate(pem);
  return pem;
}
