/** The window of one person: their rooms, the room that is open, and the form that stands over it. */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Room } from '../../people/sight.ts';
import { Announcer } from './announcer.tsx';
import { Calendar } from './calendar.tsx';
import { Composer } from './composer.tsx';
import { FormDialog } from './form.tsx';
import { ClientContext, useClient, useTold } from './hooks.ts';
import { Icon } from './icons.tsx';
import { Messages } from './messages.tsx';
import { type Client, startClient } from './person.ts';
import { CALENDAR, Rooms } from './rooms.tsx';
import { CallSound } from './sound/call-sound.tsx';
import { followClock, followSending, followStory, followTheme, peopleHere } from './state.ts';
import { TodayContext, useToday } from './today.ts';
import { roomName } from './view.ts';
import { InCall, JoinButton, RoomSound } from './voice.tsx';
import { ROOM } from './wire.ts';

/** The room that was opened, or the first that can be seen when that one is gone. */
const openRoom = ({ view }: Client): Room | undefined => {
  const rooms = [...view.sight.rooms.values()];
  const chosen = rooms.find(({ id }) => id === view.open);
  if (chosen) return chosen;
  const [first] = rooms.filter(({ type }) => type === ROOM.text).sort((a, b) => a.position - b.position);
  view.open = first?.id ?? null;
  return first;
};

type HeadProps = {
  readonly title: string;
  readonly more: string | undefined;
  readonly menu: { readonly isOpen: boolean; readonly toggle: () => void };
};

const Head = ({ title, more, menu }: HeadProps) => {
  const { view } = useClient();
  const unread = [...view.unread].filter(([room]) => view.sight.rooms.has(room));
  const count = unread.reduce((sum, [, messages]) => sum + messages, 0);
  return (
    <header class="head">
      <button type="button" class="button plain menu" aria-expanded={menu.isOpen} onClick={menu.toggle}>
        <Icon name="menu" /> Rooms {count > 0 && <span class="badge">{count} new</span>}
      </button>
      <h1>{title}</h1>
      {more && <p>{more}</p>}
    </header>
  );
};

const OpenRoom = ({ room }: { readonly room: Room }) => {
  const { view } = useClient();
  const label = roomName(view, room);
  return (
    <>
      {room.type === ROOM.voice && (
        <section class="stage" aria-label="Call">
          {view.statuses.get(room.id) && <p>{view.statuses.get(room.id)}</p>}
          <InCall room={room} />
          <JoinButton room={room} />
          <RoomSound room={room} />
        </section>
      )}
      <Messages key={room.id} room={room} label={label} />
      <Composer key={`to ${room.id}`} room={room} />
    </>
  );
};

const Main = ({ menu }: Pick<HeadProps, 'menu'>) => {
  const client = useClient();
  const { view } = client;
  const room = view.open === CALENDAR ? undefined : openRoom(client);
  const isCalendar = view.open === CALENDAR;
  const title = isCalendar ? 'Events' : room ? roomName(view, room) : 'Just a moment';
  return (
    <main class="main">
      <Head title={title} more={room && view.topics.get(room.id)} menu={menu} />
      {!client.isOnline() && (
        <p class="offline" role="status">
          Connecting …
        </p>
      )}
      {room && <OpenRoom room={room} />}
      {isCalendar && <Calendar />}
    </main>
  );
};

const Window = ({ id: person }: { readonly id: string }) => {
  const client = useClient();
  useTold(client.subscribe);
  const today = useToday();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const { view } = client;
  const open = (id: string): void => {
    view.open = id;
    view.unread.delete(id);
    setMenuOpen(false);
    client.changed();
  };
  const wanted = useRef<string | null>(null);
  /** A room that is not there yet is entered when it is. */
  const enter = (): void => {
    const room = [...view.sight.rooms.values()].find((it) => it.name === wanted.current);
    if (!room) return;
    wanted.current = null;
    if (room.id !== view.open) open(room.id);
  };
  useEffect(() => {
    const want = (room: string): void => {
      wanted.current = room;
      enter();
    };
    const ends = [followStory(person, want), followSending(person, want), client.subscribe(enter)];
    return () => ends.forEach((end) => void end());
  }, []);
  return (
    <div class={isMenuOpen ? 'window menu-open' : 'window'}>
      <CallSound>
        <aside class="side" aria-label="Rooms and calls">
          <Rooms onOpen={open} />
        </aside>
        <TodayContext.Provider value={today}>
          <Main menu={{ isOpen: isMenuOpen, toggle: () => setMenuOpen(!isMenuOpen) }} />
        </TodayContext.Provider>
      </CallSound>
      {view.sight.form && <FormDialog key={view.sight.form.id} form={view.sight.form} />}
      <Announcer />
    </div>
  );
};

const start = async (): Promise<void> => {
  followTheme();
  followClock();
  const id = new URLSearchParams(location.search).get('person');
  const who = (await peopleHere()).find((it) => it.id === id);
  const place = document.querySelector('#page');
  if (!place) throw new Error('the document has no place for the page');
  place.replaceChildren();
  if (!who) {
    render(<p class="nothing">Nobody is chosen here.</p>, place);
    return;
  }
  document.title = who.name;
  render(
    <ClientContext.Provider value={startClient(who.token)}>
      <Window id={who.id} />
    </ClientContext.Provider>,
    place,
  );
};

void start();
