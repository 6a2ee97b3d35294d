/** The day that it is in the sandbox, for every part of a window: it changes at midnight, and when the clock is turned. */
import { createContext } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { dayOf, now, STATE } from './clock.ts';

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
