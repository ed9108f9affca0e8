import type { Answer } from '../support/app.js';

interface Pair {
  role: string;
  consumer: { service: string; version: string };
  provider: { service: string; version: string | null };
  state: string;
  reason: string | null;
  verifiedBy?: string;
}

/** An answer of can-i-deploy in short: `yes`, or `no` with the reasons; then a line per pair. */
export function verdictOf({ body }: Answer): string[] {
  const { canDeploy, reasons, pairs } = body as { canDeploy: boolean; reasons: string[]; pairs: Pair[] };
  return [[canDeploy ? 'yes' : 'no', ...reasons].join(' '), ...pairs.map(lineOf)];
}

function lineOf({ role, consumer, provider, state, reason, verifiedBy }: Pair): string {
  const meet = `${consumer.service}@${consumer.version} -> ${provider.service}@${provider.version ?? 'none'}`;
  const why = [reason, verifiedBy && `by ${verifiedBy}`].filter(Boolean).join(' ');
  return `as ${role}: ${meet} ${state}${why && ` (${why})`}`;
}
