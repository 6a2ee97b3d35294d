/** The voice server as it goes away: from one moment to the next, whoever is on their way to it. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { makeCertificate } from '../../sandbox/voice/certificate.ts';
import { makeListener } from '../../sandbox/voice/listener.ts';

test('the server is gone also for who has connected, and has not yet said what they want', async () => {
  const listener = makeListener(makeCertificate(), () => expect.fail('nobody asked for anything'));
  await listener.open();
  const [host = '', port = ''] = listener.endpoint().split(':');
  const client = connect(Number(port), host);
  client.on('error', () => undefined);
  await once(client, 'connect');
  const gone = once(client, 'close');
  await listener.close();
  await gone;
});
