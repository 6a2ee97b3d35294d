/** Who is heard at this moment, by the packets that arrive, so that it can be told in words. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { SILENCE } from '../../../voice/opus-packet.ts';

const LOOK_EVERY = 200;
/** Milliseconds after the last packet for which somebody is still heard: words have gaps. */
const LINGER = 600;

/** The ids of who is heard, and what takes note of a packet; it is looked again only while somebody is. */
export const useHeard = () => {
  const heardAt = useRef(new Map<string, number>());
  const looking = useRef<ReturnType<typeof setInterval> | undefined>(undefined);
  const [heard, setHeard] = useState<readonly string[]>([]);
  const rest = (): void => {
    clearInterval(looking.current);
    looking.current = undefined;
  };
  const look = (): void => {
    const from = performance.now() - LINGER;
    const ids = [...heardAt.current].filter(([, at]) => at > from).map(([id]) => id);
    setHeard((before) => (before.join() === ids.join() ? before : ids));
    if (ids.length === 0) rest();
  };
  useEffect(() => rest, []);
  const note = (from: string, packet: Uint8Array): void => {
    // Nothing that sounds is so short.
    if (packet.length <= SILENCE.length) return;
    heardAt.current.set(from, performance.now());
    looking.current ??= setInterval(look, LOOK_EVERY);
  };
  return { heard, note };
};
