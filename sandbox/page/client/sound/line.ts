/** A window's own way to the sound of its person's call: one line for what reaches them, another for what they say. */

/** A line that stands until it is closed, or ends by itself. */
export type Line = { send(packet: Uint8Array<ArrayBuffer>): void; close(): void };

/** What is told of a line. */
export type Told = {
  /** A packet of Opus, and who says it. */
  packet(from: string, packet: Uint8Array<ArrayBuffer>): void;
  over(): void;
};

/** Bytes that wait to be sent; what is more is lost. About a second of sound. */
const MOST_WAITING = 8_192;
const SPEAKER_BYTES = 8;

/** Opens a line to the server that this page is from. */
export const openLine = (way: 'hear' | 'speak', token: string, { packet, over }: Told): Line => {
  const socket = new WebSocket(`ws://${location.host}/page/${way}`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => socket.send(JSON.stringify({ token }));
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer && data.byteLength > SPEAKER_BYTES)
      packet(String(new DataView(data).getBigUint64(0)), new Uint8Array(data, SPEAKER_BYTES));
  };
  socket.onclose = over;
  return {
    send(bytes) {
      if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < MOST_WAITING) socket.send(bytes);
    },
    close() {
      socket.onclose = null;
      socket.close();
    },
  };
};
