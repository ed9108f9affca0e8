import { Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { LogTransport } from './log.transport.js';
import { MailOutbox } from './mail-outbox.service.js';
import { MailTransport } from './mail-transport.js';
import { MailWorker } from './mail.worker.js';
import { SmtpTransport } from './smtp.transport.js';

/** Mails: an outbox that any room of the tenant's side writes into, and the worker that sends. */
@Module({
  providers: [
    MailOutbox,
    MailWorker,
    {
      provide: MailTransport,
      inject: [Config],
      useFactory: ({ environment, mail }: Config): MailTransport | undefined => {
        if (mail.smtpUrl) return new SmtpTransport(mail.smtpUrl, mail.from);
        return environment === 'development' ? new LogTransport() : undefined;
      },
    },
  ],
  exports: [MailOutbox],
})
export class MailModule {}
