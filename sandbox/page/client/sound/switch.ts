/** Something in a window that is off until somebody wants it, takes a moment to come, and may end by itself. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** Turns it on, and resolves with what turns it off; `over` says in words why it has ended, or will not begin. */
export type Open = (over: (why: string) => void) => Promise<() => void>;

/** As it is shown. */
export type Switch = {
  readonly is: 'off' | 'coming' | 'on';
  /** Why it is off, when somebody wanted it on. */
  readonly why: string | null;
  press(): void;
};

/** It is off where it is not possible, and with the part of the window in which it stands. */
export const useSwitch = (isPossible: boolean, open: Open): Switch => {
  const [is, setIs] = useState<Switch['is']>('off');
  const [why, setWhy] = useState<string | null>(null);
  const wanted = useRef(0);
  const close = useRef<(() => void) | null>(null);
  const turnOff = (words: string | null): void => {
    wanted.current += 1;
    close.current?.();
    close.current = null;
    setIs('off');
    setWhy(words);
  };
  const turnOn = async (): Promise<void> => {
    turnOff(null);
    setIs('coming');
    const mine = wanted.current;
    const isWanted = (): boolean => wanted.current === mine;
    const closing = await open((words) => isWanted() && turnOff(words));
    if (!isWanted()) closing();
    else {
      close.current = closing;
      setIs('on');
    }
  };
  useEffect(() => {
    if (!isPossible) turnOff(null);
  }, [isPossible]);
  useEffect(() => () => turnOff(null), []);
  return { is, why, press: () => void (is === 'off' ? turnOn() : turnOff(null)) };
};
