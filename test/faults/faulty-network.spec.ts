import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FaultyNetwork } from './world/faulty-network.js';

/** A server that answers `answers` to whatever it hears. */
let answers = '';
let network: FaultyNetwork;
let client: Socket;
const server = createServer((socket) =>
  socket.on('error', () => undefined).on('data', () => socket.write(answers)),
);
beforeEach(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as { port: number };
  network = await FaultyNetwork.before(`postgres://127.0.0.1:${port}/x`);
  client = connect(Number(new URL(network.through('postgres://127.0.0.1:1/x')).port), '127.0.0.1');
  client.on('error', () => undefined);
  await once(client, 'connect');
});
afterEach(async () => {
  client.destroy();
  await network.close();
  await once(server.close(), 'close');
});

it.each([true, false])('cuts the line at a message (the server hears it: %s)', async (isDelivered) => {
  answers = 'COMMIT\0';
  const cut = network.cutAt('COMMIT\0', isDelivered);
  client.write('COMMIT\0');
  await Promise.all([cut, once(client, 'close')]);
  expect(client.bytesRead).toBe(0);
});

it('lets pass what only speaks of it', async () => {
  answers = 'UPDATE 1\0';
  void network.cutAt('COMMIT\0', true);
  client.write('lost after COMMIT was sent\0');
  const [packet] = (await once(client, 'data')) as [Buffer];
  expect(packet.toString()).toBe(answers);
});

it('waits no longer than whoever waits for an answer', async () => {
  answers = 'ROLLBACK\0';
  const cut = network.cutAt('COMMIT\0', true);
  client.write('COMMIT\0');
  client.end();
  await cut;
});
