import pg from 'pg';

/** The part of node-postgres' protocol events that is needed here; `pg` types none of them. */
interface Handshake {
  prependListener(event: string, listener: (message: { mechanisms?: string[] }) => void): void;
  stream: { destroy(error: Error): void };
}

const OTHER_METHODS = ['authenticationCleartextPassword', 'authenticationMD5Password'];

/**
 * A client that insists on channel binding, as libpq does for `channel_binding=require`: node-postgres alone binds where
 * the server offers it, and would answer a man in the middle who does not. The password is not sent in that case.
 */
export class ChannelBindingClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super(config);
    const handshake = (this as unknown as { connection: Handshake }).connection;
    const refuse = () =>
      handshake.stream.destroy(
        new Error('The server offers no channel binding, which channel_binding=require demands'),
      );
    for (const method of OTHER_METHODS) handshake.prependListener(method, refuse);
    handshake.prependListener('authenticationSASL', ({ mechanisms }) => {
      if (!mechanisms?.includes('SCRAM-SHA-256-PLUS')) refuse();
    });
  }
}
