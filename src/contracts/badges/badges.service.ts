import { Injectable } from '@nestjs/common';
import { makeBadge } from 'badge-maker';
import { and, desc, eq } from 'drizzle-orm';
import { TenantDatabase } from '../../database/index.js';
import { Participants } from '../services/participants.js';
import type { Outcome } from '../verification/outcome.js';
import { verificationResults } from '../verification/verification.schema.js';

const LOOKS: Record<Outcome | 'none' | 'unknown', { message: string; color: string }> = {
  passed: { message: 'verified', color: 'brightgreen' },
  failed: { message: 'failed', color: 'red' },
  incomplete: { message: 'incomplete', color: 'yellow' },
  none: { message: 'not verified', color: 'lightgrey' },
  unknown: { message: 'unknown service', color: 'lightgrey' },
};

/** The state between two services of the calling tenant as a badge (https://shields.io). */
@Injectable()
export class BadgesService {
  constructor(
    private readonly db: TenantDatabase,
    private readonly participants: Participants,
  ) {}

  /** A service that does not exist is no error: a page would show a broken picture, and say nothing of why. */
  async draw(consumer: string, provider: string): Promise<string> {
    const ids = await this.participants.idsOf([consumer, provider]);
    const [consumerId, providerId] = [ids.get(consumer), ids.get(provider)];
    const state =
      consumerId === undefined || providerId === undefined
        ? 'unknown'
        : await this.stateOf(consumerId, providerId);
    return makeBadge({ label: `${consumer} to ${provider}`, ...LOOKS[state] });
  }

  private async stateOf(consumerId: string, providerId: string): Promise<Outcome | 'none'> {
    const [newest] = await this.db
      .select({ outcome: verificationResults.outcome })
      .from(verificationResults)
      .where(
        and(eq(verificationResults.consumerId, consumerId), eq(verificationResults.providerId, providerId)),
      )
      .orderBy(desc(verificationResults.id))
      .limit(1);
    return newest?.outcome ?? 'none';
  }
}
