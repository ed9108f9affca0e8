import { chown, stat, writeFile } from 'node:fs/promises';
import { type Socket, createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { TLSSocket, createSecureContext } from 'node:tls';
import { generate } from 'selfsigned';
import type { EmbeddedServer } from '../../src/local/embedded-server.js';
import { withClient } from '../../src/migrations/index.js';

export interface Certificate {
  cert: string;
  private: string;
}

/** A certificate for one host name, and its key: made anew, so that none lies in the repository. */
export async function certificateFor(host: string): Promise<Certificate> {
  return generate([{ name: 'commonName', value: host }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    ],
  });
}

/** Lets a running server of the suite speak TLS. */
export async function switchTlsOn(
  server: EmbeddedServer,
  dataDir: string,
  certificate: Certificate,
): Promise<void> {
  const { uid, gid } = await stat(dataDir);
  const files = { ssl_cert_file: certificate.cert, ssl_key_file: certificate.private };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(dataDir, name), text, { mode: 0o600 });
    await chown(join(dataDir, name), uid, gid);
  }
  await withClient({ connectionString: server.adminUrl() }, async (admin) => {
    for (const name of Object.keys(files)) await admin.query(`ALTER SYSTEM SET ${name} = '${name}'`);
    await admin.query('ALTER SYSTEM SET ssl = on');
    await admin.query('SELECT pg_reload_conf()');
  });
}

/** The authentication requests of PostgreSQL's protocol that a man in the middle might make. */
const REQUESTS = {
  cleartext: Buffer.from([0, 0, 0, 3]),
  scramWithoutBinding: Buffer.concat([Buffer.from([0, 0, 0, 10]), Buffer.from('SCRAM-SHA-256\0\0')]),
};

/** Speaks TLS with a good certificate, asks for the login without channel binding, and keeps what it is told. */
export async function manInTheMiddle(certificate: Certificate, request: keyof typeof REQUESTS) {
  const told: Buffer[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    socket.once('data', () => {
      socket.write('S');
      const secureContext = createSecureContext({ cert: certificate.cert, key: certificate.private });
      const tls = new TLSSocket(socket, { isServer: true, secureContext }).on('error', () => undefined);
      tls.once('data', () => {
        const body = REQUESTS[request];
        const header = Buffer.alloc(5, 'R');
        header.writeUInt32BE(body.length + 4, 1);
        tls.on('data', (data: Buffer) => told.push(data));
        tls.write(Buffer.concat([header, body]));
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    told: () => Buffer.concat(told).toString('latin1'),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
