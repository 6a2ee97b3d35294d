/** Keeps how messages leave a gateway socket: as JSON text, or through one zlib stream for the whole connection. */
import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';

/** Writes one text to a socket. */
export type Writer = (text: string) => void;

/** Writes each text as a frame of its own. */
const plain =
  (socket: WebSocket): Writer =>
  (text) =>
    socket.send(text);

/** Writes all texts into one stream, flushed after each so that the client can read it at once. */
const streamed = (socket: WebSocket): Writer => {
  const deflate = createDeflate();
  let pieces: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => pieces.push(piece));
  socket.on('close', () => deflate.close());
  return (text) => {
    deflate.write(text);
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      if (pieces.length > 0 && socket.readyState === socket.OPEN) socket.send(Buffer.concat(pieces));
      pieces = [];
    });
  };
};

/** The writer for what a client asks of its connection; null when it asks for what there is not. */
export const writerFor = (socket: WebSocket, query: URLSearchParams): Writer | null => {
  if ((query.get('encoding') ?? 'json') !== 'json') return null;
  const compress = query.get('compress');
  if (compress === null) return plain(socket);
  return compress === 'zlib-stream' ? streamed(socket) : null;
};
