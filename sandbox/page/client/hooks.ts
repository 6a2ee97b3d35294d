/** How the parts of a window look at its client, and are drawn again when something in sight is another. */
import { createContext } from 'preact';
import { useContext, useEffect, useReducer, useState } from 'preact/hooks';
import { dayOf, now, STATE } from './clock.ts';
import type { Client } from './person.ts';

/** The day that it is, for those who tell the time of what is of it, and the day of all else. */
export const TodayContext = createContext('');

const LOOK_EVERY = 15_000;

/** The day that it is, told anew when it is another. */
export const useToday = (): string => {
  const [today, setToday] = useState(() => dayOf(now()));
  useEffect(() => {
    const look = (): void => setToday(dayOf(now()));
    const timer = setInterval(look, LOOK_EVERY);
    const turned = new BroadcastChannel(STATE);
    turned.onmessage = look;
    return () => {
      clearInterval(timer);
      turned.close();
    };
  }, []);
  return today;
};

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
