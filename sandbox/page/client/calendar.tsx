/** The events of the servers that a person can see, the soonest first. */
import { useClient } from './hooks.ts';
import { Icon } from './icons.tsx';
import { Moment } from './moment.tsx';
import type { CalendarEvent } from './wire.ts';

const ACTIVE = 2;

const Event = ({ event }: { readonly event: CalendarEvent }) => {
  const { view } = useClient();
  const room = view.sight.rooms.get(event.channel_id ?? '');
  const start = Date.parse(event.scheduled_start_time);
  return (
    <li class="event">
      <p>
        <b>{event.name}</b> {event.status === ACTIVE && <span class="tag">Now</span>}
      </p>
      <p>
        <Moment moment={start} style="F" /> (<Moment moment={start} style="R" />)
      </p>
      {event.description && <p>{event.description}</p>}
      {room && (
        <p>
          <Icon name="sound" /> {room.name}
        </p>
      )}
    </li>
  );
};

/** The calendar. */
export const Calendar = () => {
  const { view } = useClient();
  const events = [...view.servers.values()]
    .flatMap((server) => [...server.events.values()])
    .filter(({ status }) => status <= ACTIVE)
    .sort((a, b) => a.scheduled_start_time.localeCompare(b.scheduled_start_time));
  if (events.length === 0) return <p class="nothing">Nothing is planned.</p>;
  return (
    <ul class="events">
      {events.map((event) => (
        <Event key={event.id} event={event} />
      ))}
    </ul>
  );
};
