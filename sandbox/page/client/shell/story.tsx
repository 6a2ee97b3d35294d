/** The story that is played: what has been told of it, and the hands on it. */
import { useEffect, useRef } from 'preact/hooks';
import type { PagePerson, StoryAct, StoryPhase, StoryState } from '../../story.ts';
import { Act } from './act.tsx';

const PHASES: Readonly<Record<StoryPhase, string>> = {
  starting: 'The bot is starting.',
  ready: 'Nothing has happened yet. Play the session and watch, or do everything yourself.',
  playing: 'The story is being played.',
  paused: 'The story is paused.',
  waiting: 'The story waits for you.',
  over: 'The story has come to its end. Everybody can still be played by you.',
  stopped: 'The story is left. Everybody is played by you.',
  failed: 'The story could not go on. Everybody can still be played by you.',
};

type StoryProps = {
  readonly story: StoryState;
  readonly people: readonly PagePerson[];
  /** Shows somebody's window, in a room by its name. */
  readonly onShow: (id: string, room: string | null) => void;
};

const FACILITATOR = 'facilitator';

const Hands = ({ story, people, onShow }: StoryProps) => {
  const isOn = ['playing', 'paused', 'waiting'].includes(story.is);
  const lead = people.find(({ part }) => part.startsWith(FACILITATOR));
  const hasLead = lead !== undefined && story.byHand.includes(lead.id);
  return (
    <div class="row">
      {story.is === 'ready' && (
        <Act act="play" style="primary">
          Play the session
        </Act>
      )}
      {story.is === 'playing' && <Act act="pause">Pause</Act>}
      {story.is === 'paused' && (
        <Act act="play" style="primary">
          Play on
        </Act>
      )}
      {(story.is === 'paused' || story.is === 'ready') && <Act act="step">One step</Act>}
      {lead && !hasLead && (isOn || story.is === 'ready') && (
        <button type="button" class="button secondary" onClick={() => onShow(lead.id, null)}>
          Show {lead.name}
        </button>
      )}
      {lead && (isOn || story.is === 'ready') && (
        <Act act="by-hand" told={{ who: lead.id, mine: !hasLead }}>
          {hasLead ? `Let the story play ${lead.name} again` : 'I’ll take over as facilitator'}
        </Act>
      )}
      {isOn && (
        <Act act="leave" style="danger">
          Leave the story
        </Act>
      )}
    </div>
  );
};

/** What can be done about what the story waits for. */
const Asked = ({ asks, onShow }: { readonly asks: StoryAct } & Pick<StoryProps, 'onShow'>) => (
  <div class="row">
    <button type="button" class="button primary" onClick={() => onShow(asks.who, asks.where)}>
      Show me where
    </button>
    <Act act="do-it">Let the story do this</Act>
  </div>
);

const Told = ({ story }: { readonly story: StoryState }) => {
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [story.lines.length]);
  if (story.lines.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse one scrolls by keys, which needs the focus.
    <section class="told" ref={box} tabIndex={0} aria-label="What has happened">
      {story.lines.map(({ is, text }, index) =>
        is === 'chapter' ? <h3 key={index}>{text}</h3> : <p key={index}>{text}</p>,
      )}
    </section>
  );
};

/** The story, and what can be done about it. */
export const Story = (props: StoryProps) => {
  const { story, people, onShow } = props;
  const nameOf = (id: string): string => people.find((it) => it.id === id)?.name ?? 'Somebody';
  return (
    <section class="panel">
      <h2>Story</h2>
      <p aria-live="polite">{PHASES[story.is]}</p>
      {story.asks && (
        <p class="asks" role="status">
          Your turn: the story waits until <b>{nameOf(story.asks.who)}</b> {story.asks.what}.
        </p>
      )}
      {story.asks && <Asked asks={story.asks} onShow={onShow} />}
      <Hands {...props} />
      {story.doing && (
        <p class="doing">
          <b>{nameOf(story.doing.who)}</b> {story.doing.what}
        </p>
      )}
      <Told story={story} />
    </section>
  );
};
