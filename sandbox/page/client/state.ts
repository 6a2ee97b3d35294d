/** What windows hear from the outer page of what does not come by the gateway, and what can be done at the sandbox. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PagePerson, PageState } from '../story.ts';
import { now, STATE, setNow } from './clock.ts';

const readJson = async (response: Response): Promise<unknown> => response.json();

/** Does something at the sandbox; resolves with what failed, or null. */
export const actOn = async (act: string, told: object = {}): Promise<string | null> => {
  const response = await fetch(`/page/act/${act}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(told),
  });
  if (response.ok) return null;
  const answer = await readJson(response).catch(() => ({}));
  return String(Object(answer).message ?? 'That could not be done.');
};

/** Everybody as whom the page can be used. */
export const peopleHere = async (): Promise<readonly PagePerson[]> =>
  // The sandbox's own page answers with exactly this.
  (await readJson(await fetch('/page/people'))) as readonly PagePerson[];

/** Hears the state for as long as the page stands, sets the clock by it, and hands it on to the windows. */
export const usePageState = (): PageState | null => {
  const [state, setState] = useState<PageState | null>(null);
  useEffect(() => {
    const windows = new BroadcastChannel(STATE);
    const source = new EventSource('/page/live');
    let last: PageState | null = null;
    source.onmessage = ({ data }) => {
      // As for people: this is what the sandbox sends.
      const told = JSON.parse(String(data)) as PageState;
      setNow(told.now);
      last = told;
      windows.postMessage(told);
      setState(told);
    };
    // A window that comes later asks for what was told last.
    windows.onmessage = ({ data }) => {
      if (data === 'what?' && last) windows.postMessage({ ...last, now: now() });
    };
    return () => {
      source.close();
      windows.close();
    };
  }, []);
  return state;
};

/** In a window: follows the clock. */
export const followClock = (): void => {
  const channel = new BroadcastChannel(STATE);
  channel.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') setNow((data as PageState).now);
  });
  channel.postMessage('what?');
};

/** Which of the outer pages that are open this one is, or, in a window, the one in which it stands: its address says so. */
export const OUTER = new URLSearchParams(location.search).get('outer') ?? crypto.randomUUID();

/** The channel over which an outer page sends its own windows to rooms. */
const ROOMS = `rooms ${OUTER}`;

type Sent = { readonly is: 'sent'; readonly who: string; readonly room: string };
/** What a window says of it: where it was sent before it was there, and that it has been told. */
type Asked = { readonly is: 'where?' | 'told'; readonly who: string };

/** In the outer page: sends somebody's window to a room by its name; one that opens later asks where it was sent. */
export const useSending = (): ((who: string, room: string) => void) => {
  const channel = useRef<BroadcastChannel | null>(null);
  const last = useRef<Sent | null>(null);
  useEffect(() => {
    const windows = new BroadcastChannel(ROOMS);
    channel.current = windows;
    windows.onmessage = ({ data }: MessageEvent<Sent | Asked>) => {
      if (data.who !== last.current?.who) return;
      if (data.is === 'where?') windows.postMessage(last.current);
      // Whoever opens their window anew is not sent there once more.
      else if (data.is === 'told') last.current = null;
    };
    return () => windows.close();
  }, []);
  return (who, room) => {
    last.current = { is: 'sent', who, room };
    channel.current?.postMessage(last.current);
  };
};

/** In a window: calls with the name of each room to which this person is sent. */
export const followSending = (id: string, enter: (room: string) => void): (() => void) => {
  const channel = new BroadcastChannel(ROOMS);
  const say = (is: Asked['is']): void => channel.postMessage({ is, who: id } satisfies Asked);
  channel.onmessage = ({ data }: MessageEvent<Sent | Asked>) => {
    if (data.is !== 'sent' || data.who !== id) return;
    say('told');
    enter(data.room);
  };
  say('where?');
  return () => channel.close();
};

/** In a window: calls with the name of each room in which the story has this person act, so that they can be watched. */
export const followStory = (id: string, enter: (room: string) => void): (() => void) => {
  const channel = new BroadcastChannel(STATE);
  let last = '';
  channel.onmessage = ({ data }) => {
    const doing = typeof data === 'string' ? null : (data as PageState).story?.doing;
    const told = JSON.stringify(doing);
    if (!doing || told === last) return;
    last = told;
    if (doing.who === id && doing.where !== null) enter(doing.where);
  };
  channel.postMessage('what?');
  return () => channel.close();
};

/** In a window: who speaks now. */
export const useSpeaking = (): readonly string[] => {
  const [speaking, setSpeaking] = useState<readonly string[]>([]);
  useEffect(() => {
    const channel = new BroadcastChannel(STATE);
    channel.onmessage = ({ data }) => {
      if (typeof data !== 'string') setSpeaking((data as PageState).speaking);
    };
    return () => channel.close();
  }, []);
  return speaking;
};

const THEME = 'theme';

/** Light, dark, or as the machine has it; kept by the browser, and the same in every window. */
export type Theme = 'light' | 'dark' | 'system';

/** Puts the theme on this document, now and whenever another window changes it. */
export const followTheme = (): void => {
  const put = (): void => {
    document.documentElement.dataset['theme'] = localStorage.getItem(THEME) ?? 'system';
  };
  put();
  addEventListener('storage', put);
};

/** Changes the theme of every window. */
export const setTheme = (theme: Theme): void => {
  localStorage.setItem(THEME, theme);
  document.documentElement.dataset['theme'] = theme;
};
