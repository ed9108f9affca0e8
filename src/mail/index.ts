export { type Mail, MailOutbox } from './mail-outbox.service.js';
export { MailModule } from './mail.module.js';
