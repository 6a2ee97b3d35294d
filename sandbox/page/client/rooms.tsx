/** The rooms that a person can see: by server and category, with who is in a call, and their direct messages. */
import type { Room } from '../../people/sight.ts';
import { Avatar } from './avatar.tsx';
import { useClient } from './hooks.ts';
import { Icon, type IconName } from './icons.tsx';
import { nameOf, roomName, type Server } from './view.ts';
import { CallControls, InCall } from './voice.tsx';
import { ROOM } from './wire.ts';

/** The calendar, where a room is named. */
export const CALENDAR = 'calendar';

type RoomsProps = { readonly onOpen: (id: string) => void };

const byPosition = (a: Room, b: Room): number => a.position - b.position || (a.id < b.id ? -1 : 1);

const iconOf = ({ type }: Room): IconName => {
  if (type === ROOM.voice) return 'sound';
  return type === ROOM.direct ? 'person' : 'hash';
};

const Entry = ({ room, onOpen }: RoomsProps & { readonly room: Room }) => {
  const { view } = useClient();
  const unread = view.open === room.id ? 0 : (view.unread.get(room.id) ?? 0);
  return (
    <li>
      <button
        type="button"
        class={unread > 0 ? 'room unread' : 'room'}
        aria-current={view.open === room.id ? 'page' : undefined}
        onClick={() => onOpen(room.id)}
      >
        <Icon name={iconOf(room)} />
        <span class="room-name">{roomName(view, room)}</span>
        {unread > 0 && <span class="badge">{unread} new</span>}
      </button>
      {room.type === ROOM.voice && <InCall room={room} />}
    </li>
  );
};

const Entries = ({ rooms, onOpen }: RoomsProps & { readonly rooms: readonly Room[] }) => (
  <ul class="rooms">
    {rooms.map((room) => (
      <Entry key={room.id} room={room} onOpen={onOpen} />
    ))}
  </ul>
);

const Calendar = ({ server, onOpen }: RoomsProps & { readonly server: Server }) => {
  const { view } = useClient();
  const coming = [...server.events.values()].filter(({ status }) => status <= 2);
  return (
    <button
      type="button"
      class="room"
      aria-current={view.open === CALENDAR ? 'page' : undefined}
      onClick={() => onOpen(CALENDAR)}
    >
      <Icon name="calendar" />
      <span class="room-name">Events</span>
      {coming.length > 0 && <span class="badge">{coming.length} coming</span>}
    </button>
  );
};

const ServerRooms = ({ server, onOpen }: RoomsProps & { readonly server: Server }) => {
  const { view } = useClient();
  const rooms = [...view.sight.rooms.values()].filter((it) => it.guildId === server.id).sort(byPosition);
  const categories = rooms.filter(({ type }) => type === ROOM.category);
  const known = new Set(categories.map(({ id }) => id));
  const inside = (parent: string | null): Room[] =>
    rooms.filter(
      ({ type, parentId }) =>
        type !== ROOM.category && (parent === null ? !known.has(parentId ?? '') : parentId === parent),
    );
  return (
    <section>
      <h2>{server.name}</h2>
      <Calendar server={server} onOpen={onOpen} />
      <Entries rooms={inside(null)} onOpen={onOpen} />
      {categories.map((category) => (
        <div key={category.id}>
          <h3>{category.name}</h3>
          <Entries rooms={inside(category.id)} onOpen={onOpen} />
        </div>
      ))}
    </section>
  );
};

const Direct = ({ onOpen }: RoomsProps) => {
  const { view } = useClient();
  const rooms = [...view.sight.rooms.values()].filter(({ guildId }) => guildId === null);
  if (rooms.length === 0) return null;
  return (
    <section>
      <h2>Direct messages</h2>
      <Entries rooms={rooms} onOpen={onOpen} />
    </section>
  );
};

/** All of it, with one's own name and call at the foot. */
export const Rooms = ({ onOpen }: RoomsProps) => {
  const { view } = useClient();
  const [server] = view.servers.values();
  const own = server ? nameOf(view, view.sight.userId, server.id) : '';
  return (
    <>
      <nav aria-label="Rooms" class="room-list">
        {[...view.servers.values()].map((it) => (
          <ServerRooms key={it.id} server={it} onOpen={onOpen} />
        ))}
        <Direct onOpen={onOpen} />
      </nav>
      <CallControls />
      <p class="self">
        <Avatar name={own} id={view.sight.userId || '0'} />
        <b>{own}</b>
      </p>
    </>
  );
};
