import { type Email } from 'postal-mime';
import { eventually } from '../support/eventually.js';
import { type TestApp, createTestApp } from '../support/app.js';
import { MailServer } from '../support/mail-server.js';
import { TestIssuer } from '../support/token-issuer.js';

/** An application with an identity provider and a mail server, and how people get into its tenants. */
export interface PeopleApp extends TestApp {
  issuer: TestIssuer;
  mail: MailServer;
  /** A token of the person with this subject. */
  token(subject: string, claims?: Record<string, unknown>): Promise<string>;
  /** Invites as `as` (a key or token), reads the mail, accepts as `subject`; answers a token of the new member. */
  join(as: string, subject: string, role: string): Promise<string>;
  /** The membership id of a person in the tenant of `as`. */
  memberId(as: string, subject: string): Promise<string>;
}

export const addressOf = (subject: string) => `${subject}@people.example`;

export const tokenIn = ({ text = '' }: Email): string => /inv_[A-Za-z0-9_-]{43}/.exec(text)![0];

/** The newest mail to an address that was not looked at yet. */
export function nextMail(mail: MailServer, address: string): Promise<Email> {
  return eventually(() => {
    const found = mail.to(address).at(-1);
    if (!found) throw new Error(`no mail to ${address}`);
    mail.mails.splice(mail.mails.indexOf(found), 1);
    return found;
  });
}

export async function createPeopleApp(
  settings: Record<string, unknown> = {},
  environment: Record<string, string> = {},
): Promise<PeopleApp> {
  const issuer = await TestIssuer.start();
  const mail = await MailServer.start();
  const api = await createTestApp({
    environment: {
      JWT_ISSUERS: JSON.stringify([issuer.settings(settings)]),
      SMTP_URL: mail.url,
      MAIL_FROM: 'Rowhouse <no-reply@rowhouse.example>',
      APP_URL: 'https://app.example/',
      ...environment,
    },
  });
  const token = (subject: string, claims = {}) => issuer.sign({ subject, claims });
  return {
    ...api,
    issuer,
    mail,
    token,
    join: async (as, subject, role) => {
      const email = addressOf(subject);
      const invited = await api.call('POST', '/v1/invitations', { as, body: { email, role } });
      if (invited.status !== 201) throw new Error(invited.text);
      const sent = await nextMail(mail, email);
      const mine = await token(subject);
      const accepted = await api.call('POST', '/v1/invitations/accept', {
        as: mine,
        body: { token: tokenIn(sent) },
      });
      if (accepted.status !== 200) throw new Error(accepted.text);
      return mine;
    },
    memberId: async (as, subject) => {
      const { body } = await api.call('GET', '/v1/members?limit=100', { as });
      return body.data.find(({ email }: { email: string }) => email === addressOf(subject)).id;
    },
    close: async () => {
      await api.close();
      await mail.stop();
      await issuer.down();
    },
  };
}
