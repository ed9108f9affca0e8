import { Injectable } from '@nestjs/common';
import { makeBadge } from 'badge-maker';
import { and, desc, eq } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { Participants } from '../services/participants.js';
import type { Outcome } from '../verification/outcome.js';
import { verificationResults } from '../verification/verification.schema.js';

const LOOKS: Record<Outcome | 'none', { message: string; color: string }> = {
  passed: { message: 'verified', color: 'brightgreen' },
  failed: { message: 'failed', color: 'red' },
  incomplete: { message: 'incomplete', color: 'yellow' },
  none: { message: 'not verified', color: 'lightgrey' },
};

/** The state between two services of the calling tenant as a badge (https://shields.io). */
@Injectable()
export class BadgesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly participants: Participants,
  ) {}

  async draw(consumer: string, provider: string): Promise<string> {
    const [consumerId, providerId] = await Promise.all([
      this.participants.idOf(consumer),
      this.participants.idOf(provider),
    ]);
    const [newest] = await this.db
      .select({ outcome: verificationResults.outcome })
      .from(verificationResults)
      .where(
        and(eq(verificationResults.consumerId, consumerId), eq(verificationResults.providerId, providerId)),
      )
      .orderBy(desc(verificationResults.id))
      .limit(1);
    return makeBadge({ label: `${consumer} to ${provider}`, ...LOOKS[newest?.outcome ?? 'none'] });
  }
}
