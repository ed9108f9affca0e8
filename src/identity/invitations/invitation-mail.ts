import type { Mail } from '../../mail/index.js';

/** What the invited person reads. */
export function invitationMail(to: string, tenantName: string, appUrl: string, token: string): Mail {
  const name = oneLine(tenantName);
  return {
    to,
    subject: `You are invited to ${name}`,
    text: [
      `${name} invites you to join.`,
      '',
      `Accept within 7 days: ${appUrl}/invitations/accept?token=${token}`,
      '',
      'If you do not know why, ignore this mail: nothing happens without you.',
      '',
    ].join('\n'),
  };
}

/** A tenant chooses its name: it cannot start a new header or line with it. */
const oneLine = (text: string) => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();
