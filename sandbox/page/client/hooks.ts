/** How the parts of a window look at its client, and are drawn again when something in sight is another. */
import { createContext } from 'preact';
import { useContext, useEffect, useReducer } from 'preact/hooks';
import type { Client } from './person.ts';

/** The client of the window. */
export const ClientContext = createContext<Client | null>(null);

/** The client of this window. */
export const useClient = (): Client => {
  const client = useContext(ClientContext);
  if (!client) throw new Error('a part of a window stands outside of one');
  return client;
};

/** Draws again on every frame in which something was told. */
export const useTold = (subscribe: (told: () => void) => () => void): void => {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let frame = 0;
    const stop = subscribe(() => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        again(undefined);
      });
    });
    again(undefined);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [subscribe]);
};
