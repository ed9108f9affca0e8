/** The tables of this room, for commands that need no more of it. */
export * as mailOutboxSchema from './mail-outbox.schema.js';
