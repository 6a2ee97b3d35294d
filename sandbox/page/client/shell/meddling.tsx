/** What an administrator can do to a room by hand: let somebody in who does not belong there. */
import { useState } from 'preact/hooks';
import { restOf } from '../../../people/rest.ts';
import type { PagePerson } from '../../story.ts';
import { sentenceOf } from '../person.ts';
import { PersonChoice } from './person-choice.tsx';

type Room = { readonly id: string; readonly name: string; readonly type: number };

const VIEW_AND_READ = String((1 << 10) | (1 << 16));
const MEMBER = 1;
const CATEGORY = 4;

const named = (value: unknown): readonly { id: string }[] => (Array.isArray(value) ? value : []);

/** The hands of an administrator, with their own token. */
const handsOf = ({ token }: PagePerson) => {
  const rest = restOf(`${location.origin}/api`, token);
  const rooms = async (): Promise<readonly Room[]> => {
    const [guild] = named(await rest('GET', '/users/@me/guilds'));
    const channels = guild ? await rest('GET', `/guilds/${guild.id}/channels`) : [];
    // The route answers with channels, of which these are parts.
    return (channels as readonly Room[]).filter(({ type }) => type !== CATEGORY);
  };
  const letIn = (room: string, who: string): Promise<unknown> =>
    rest('PUT', `/channels/${room}/permissions/${who}`, { type: MEMBER, allow: VIEW_AND_READ, deny: '0' });
  return { rooms, letIn };
};

/** Chooses whom to let in where. */
export const Meddling = ({ people }: { readonly people: readonly PagePerson[] }) => {
  const admin = people.find(({ part }) => part === 'admin');
  const [rooms, setRooms] = useState<readonly Room[]>([]);
  const [room, setRoom] = useState('');
  const [who, setWho] = useState(people.at(-1)?.id ?? '');
  const [said, setSaid] = useState('');
  if (!admin) return <p>There is no administrator here.</p>;
  const hands = handsOf(admin);
  const fill = (): void => void hands.rooms().then(setRooms, (error) => setSaid(sentenceOf(error)));
  const letIn = async (): Promise<void> => {
    try {
      await hands.letIn(room, who);
      setSaid('It was done, by hand.');
    } catch (error) {
      setSaid(sentenceOf(error));
    }
  };
  return (
    <div class="row">
      <PersonChoice label={`${admin.name} lets`} people={people} value={who} onChange={setWho} />
      <label>
        into{' '}
        <select value={room} onFocus={fill} onChange={(event) => setRoom(event.currentTarget.value)}>
          <option value="">a room …</option>
          {rooms.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button danger" disabled={room === ''} onClick={() => void letIn()}>
        Let them in
      </button>
      <p role="status">{said}</p>
    </div>
  );
};
