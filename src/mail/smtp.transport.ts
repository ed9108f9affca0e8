import { type Transporter, createTransport } from 'nodemailer';
import type { Mail } from './mail-outbox.service.js';
import { MailRefused, MailTransport } from './mail-transport.js';

const TIMEOUT_MS = 10_000;

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}

/** Hands mails to an SMTP server: `smtp://` upgrades by STARTTLS where offered, `smtps://` is encrypted from the start. */
export class SmtpTransport extends MailTransport {
  private readonly transporter: Transporter;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    const limits = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS };
    this.transporter = createTransport({ url, pool: true, ...limits });
  }

  async send(id: string, mail: Mail): Promise<void> {
    const message = {
      ...mail,
      from: this.from,
      messageId: `<${id}@rowhouse>`,
      // Robots answer each other for ever otherwise.
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    };
    await this.transporter.sendMail(message).catch((error: SmtpError) => {
      throw isRefusal(error) ? new MailRefused(error.message) : error;
    });
  }

  close(): void {
    this.transporter.close();
  }
}

/** A 5xx to the recipient or the text; one to the login is ours to mend. */
const isRefusal = ({ code, responseCode = 0 }: SmtpError): boolean =>
  (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
