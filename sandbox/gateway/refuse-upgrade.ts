/** Answers whoever asks for a websocket that is not to be had. */
import type { Duplex } from 'node:stream';

/** Says so, and ends. */
export const refuseUpgrade = (stream: Duplex, status: '403 Forbidden' | '404 Not Found'): void => {
  // Nobody else listens to it by now, and whoever breaks off before the answer would end the whole sandbox.
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status}\r\n\r\n`);
};
