export * as mailOutboxSchema from './mail-outbox.schema.js';
