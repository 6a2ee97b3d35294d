/** What can go wrong, for training and for seeing that it does no harm. */
import { useState } from 'preact/hooks';
import type { PagePerson, PageState } from '../../story.ts';
import { Act } from './act.tsx';
import { Meddling } from './meddling.tsx';
import { PersonChoice } from './person-choice.tsx';

type FaultsProps = { readonly state: PageState; readonly people: readonly PagePerson[] };

const DirectMessages = ({ state, people }: FaultsProps) => {
  const [who, setWho] = useState(people.at(-2)?.id ?? '');
  const isClosed = state.closedDms.includes(who);
  return (
    <div class="row">
      <PersonChoice label="Whose" people={people} value={who} onChange={setWho} />
      <Act act="dms" told={{ who, closed: !isClosed }}>
        {isClosed ? 'Open direct messages' : 'Close direct messages'}
      </Act>
    </div>
  );
};

const Bot = ({ bot }: { readonly bot: 'up' | 'down' }) => (
  <div class="row">
    <p>The bot is {bot === 'up' ? 'running' : 'down'}.</p>
    {bot === 'up' ? (
      <Act act="kill-bot" style="danger">
        Kill the bot
      </Act>
    ) : (
      <Act act="start-bot" style="primary">
        Start the bot again
      </Act>
    )}
  </div>
);

const callsOf = ({ failing, slowMs }: PageState['faults']): readonly string[] => [
  ...(slowMs > 0 ? [`Every call of the bot takes ${slowMs / 1000} seconds longer.`] : []),
  ...Object.entries(failing).map(([name, left]) =>
    left === 1
      ? `Its next call is answered with ${name}.`
      : `Its next ${left} calls are answered with ${name}.`,
  ),
];

const nameOf = (people: readonly PagePerson[], who: string): string =>
  people.find(({ id }) => id === who)?.name ?? 'Somebody';

const wordsFor = ({ state, people }: FaultsProps): readonly string[] => [
  ...callsOf(state.faults),
  ...state.closedDms.map((who) => `${nameOf(people, who)} takes no direct messages.`),
];

/** What is wrong now, in words. */
const InForce = (props: FaultsProps) => {
  const words = wordsFor(props);
  return <p role="status">{words.length > 0 ? words.join(' ') : 'Discord answers as it should.'}</p>;
};

/** The panel of faults. */
export const Faults = ({ state, people }: FaultsProps) => (
  <section class="panel">
    <h2>Faults</h2>
    {state.story && state.story.is !== 'starting' && <Bot bot={state.story.bot} />}
    <h3>Discord</h3>
    <InForce state={state} people={people} />
    <div class="row">
      <Act act="slow" told={{ ms: 2_000 }}>
        Two seconds slow
      </Act>
      <Act act="slow" told={{ ms: 6_000 }}>
        Six seconds slow
      </Act>
      <Act act="slow" told={{ ms: 12_000 }}>
        Twelve seconds slow
      </Act>
      <Act act="rate-limit" told={{ times: 5 }}>
        Refuse the next 5 calls (429)
      </Act>
      <Act act="server-error" told={{ times: 5 }}>
        Break the next 5 calls (500)
      </Act>
      <Act act="drop-gateway">Cut the gateway</Act>
      <Act act="clear-faults" style="primary">
        Make Discord well again
      </Act>
    </div>
    <h3>Direct messages</h3>
    <DirectMessages state={state} people={people} />
    <h3>Somebody with a right that they should not have</h3>
    <Meddling people={people} />
  </section>
);
