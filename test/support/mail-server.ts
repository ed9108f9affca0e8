import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server of the test's own, which keeps what it is sent and can refuse. */
export class MailServer {
  readonly mails: Email[] = [];
  /** How it answers a recipient; undefined takes the mail. */
  refuse: { code: number; message: string } | undefined;
  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async start(port = 0): Promise<MailServer> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => {
        if (!mailServer.refuse) return done();
        const { code, message } = mailServer.refuse;
        return done(Object.assign(new Error(message), { responseCode: code }));
      },
      onData: (stream, _session, finish) => {
        const keep = async () => {
          mailServer.mails.push(await PostalMime.parse(await buffer(stream)));
          finish();
        };
        keep().catch(finish);
      },
    });
    const listening = server.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    const mailServer = new MailServer(
      server,
      `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    );
    return mailServer;
  }

  /** The mails to this address. */
  to(address: string): Email[] {
    return this.mails.filter(({ to = [] }) => to.some((recipient) => recipient.address === address));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
