/** What is said to somebody who tests their microphone: what happens, whose turn it is, what was heard, and what to do. */
import type { CheckCard } from '../../core/board.ts';
import type { Level } from '../../core/level.ts';
import type { UnheardWhy } from '../../core/microphone-check.ts';
import type { Action, Card, CardField } from '../card.ts';
import { room } from '../markup.ts';

const doing = (label: string, step: string, style?: Action['style']): Action => ({
  label,
  command: 'voice-check',
  given: { step },
  ...(style && { style }),
});

/** Offered where people gather: always there, never asked for. */
export const TEST: Action = { label: 'Test my microphone', command: 'voice-check' };

const START = doing('Start the check', 'start', 'primary');
const ALONE = doing('Check on my own instead', 'alone');
const AGAIN = doing('Once more', 'again', 'primary');
const FINISH = doing('Done', 'done');

/** What happens, before anything does: pressing the button is the consent. */
export const intro = (tested: boolean): Card => ({
  title: 'Test your microphone',
  text: [
    'When you press **Start the check**, a voice room opens that only you and Hearth see, apart from the owner and administrators of this server.',
    'When it is your turn and you are in that room, Hearth comes in and plays a short, soft tone. Then it listens for five seconds: say anything you like. It tells you how loud you are, plays the same seconds back to you, and forgets them. All that is kept is one word for how loud you were, and that you have tested your microphone.',
    tested
      ? 'You have done this in this cycle already, so you need not; you may do it as often as you like.'
      : 'You need not do it: it is there so that you can be sure.',
  ].join('\n\n'),
  actions: [[START, ALONE]],
});

/** How somebody checks without Hearth. */
export const alone = (): Card => ({
  title: 'Check on your own',
  text: [
    '1. Put on headphones, so that nobody hears an echo and nobody beside you hears the group.',
    '2. In Discord, open **User settings**, then **Voice & Video**. Under **Input device** choose the microphone that you speak into, and under **Output device** your headphones. On a phone, connect your headset first, and let Discord use the microphone in the settings of the phone.',
    '3. Press **Mic Test** there and say a sentence: the bar should move well past its first third, and you hear yourself. On a phone, look whether the ring around your picture lights up when you speak in a voice room.',
    '4. Is it too quiet? Raise **Input volume**, or come closer. Does it crackle? Lower it, or move away a little.',
    '5. Keep a second device at hand, charged and signed in to Discord. If the first one fails, join with that.',
  ].join('\n'),
  actions: [[doing('I have checked it', 'checked', 'primary'), doing('Check with Hearth', 'start')]],
});

const busyBefore = (before: number): string => {
  if (before === 0) return 'It is your turn.';
  return before === 1 ? 'One person is before you.' : `${before} people are before you.`;
};

/** They stand in the queue, and a room is theirs. */
export const asked = ({
  before,
  number,
  channelId,
}: {
  readonly before: number;
  readonly number: number;
  readonly channelId?: string | undefined;
}): Card => ({
  title: 'Your room opens',
  text: `${
    channelId === undefined
      ? `A voice room called **microphone-${number}** appears in the list of your group in a moment.`
      : `Your room is ${room(channelId)}.`
  } Please go in: you may wait there, and it begins by itself when it is your turn. ${busyBefore(before)} The card in the chat of that room shows how it goes on.`,
  actions: [[ALONE]],
});

/** A group has Hearth at this moment, or every room is taken. */
export const notNow = (why: 'busy' | 'full'): Card => ({
  title: 'Not at this moment',
  text:
    why === 'busy'
      ? 'Hearth is in the call of a group now, and can be in one call at a time. You can check on your own instead, which takes two minutes, or come back after the session.'
      : 'All rooms for this are taken at the moment. You can check on your own instead, which takes two minutes, or try again in a few minutes.',
  actions: [[doing('Check on my own', 'alone', 'primary'), doing('Try again', 'start')]],
});

/** They have looked after it. */
export const checked = (): Card => ({
  text: 'Thank you, it is noted that your microphone is tested. You can do it again whenever you like.',
});

/** The check is over. */
export const done = (): Card => ({
  text: 'Thank you. The room closes now, and nothing of what was heard is kept.',
});

const METER: Readonly<Record<Level, number>> = {
  nothing: 0,
  'very-quiet': 1,
  quiet: 2,
  good: 4,
  clipping: 6,
};
const MOST = 6;
const meter = (level: Level): string => '▮'.repeat(METER[level]) + '▯'.repeat(MOST - METER[level]);

const RESULTS: Readonly<Record<Level, string>> = {
  good: '**Good.** Everybody will hear you well. Nothing more to do.',
  quiet:
    '**A little quiet.** People will hear you, some with effort. Coming closer to the microphone, or raising **Input volume** in Discord’s **Voice & Video** settings, makes it easier.',
  'very-quiet':
    '**Very quiet.** People will hardly hear you. Please come closer to the microphone, look whether it is the right one in Discord’s **Voice & Video** settings, and raise **Input volume** there.',
  clipping:
    '**Too loud: it clips**, which makes a voice crackle. Please move away a little, or lower **Input volume** in Discord’s **Voice & Video** settings.',
  nothing:
    '**Nothing heard.** Is the right microphone chosen in Discord’s **Voice & Video** settings? Are you muted here, or is there a switch on your headset? On a phone, Discord must be allowed to use the microphone.',
};

const UNHEARD: Readonly<Record<UnheardWhy, string>> = {
  'passed-over':
    'You were not in this room when it was your turn, so the next person was called. That is fine: press **Once more** when you are here, and you stand in the queue again.',
  left: 'You left the room before it was over. Press **Once more** when you are back.',
  interrupted: 'It was interrupted, and not because of you. Press **Once more** to begin again.',
  session:
    'A group has Hearth in its call now, and sessions come first. You can check on your own instead, or come back after the session.',
  'no-voice':
    'Hearth could not come into the call, and not because of you. You can check on your own instead; it takes two minutes.',
};

type Open = Exclude<CheckCard, { state: 'closed' }>;

const textOf = (card: Open): string => {
  switch (card.state) {
    case 'waiting':
      return `${busyBefore(card.before)} You may wait in this voice room: it begins by itself when it is your turn.`;
    case 'ready':
      return 'It is your turn. Please come into this voice room, if you are not here yet: Hearth plays a short tone, and then listens for five seconds. Say anything you like.';
    case 'listening':
      return 'A short tone, and then Hearth is **listening now**: please say anything you like.';
    case 'playing-back':
      return 'You hear now what the others would hear.';
    case 'heard':
      return `${meter(card.level)}\n${RESULTS[card.level]}\nWhat was heard is forgotten already.`;
    case 'unheard':
      return UNHEARD[card.why];
  }
};

const actionsOf = ({ state }: Open): readonly Action[] => {
  const alone = doing('Check on my own', 'alone');
  switch (state) {
    case 'listening':
    case 'playing-back':
      return [];
    case 'heard':
    case 'unheard':
      return [AGAIN, FINISH, alone];
    default:
      return [FINISH, alone];
  }
};

const SECOND_DEVICE: CardField = {
  name: 'A second device',
  value: 'It is wise to have one at hand, charged and signed in, in case the first one fails.',
};

/** What was played is not heard where the fault is on the other side. */
const NOT_HEARD: CardField = {
  name: 'If you heard neither the tone nor yourself',
  value:
    'Look whether you have deafened yourself in Discord, whether the right **Output device** is chosen, and whether it is turned up. On a phone, look at its volume, and to which headset it is connected.',
};

/** The card in the room; its title stays the same. */
export const card = (facts: CheckCard): Card => ({
  title: 'Your microphone',
  ...(facts.state === 'closed'
    ? { text: 'Nobody tests a microphone here now. `/voice-check` opens a room for you.', calls: [] }
    : {
        text: textOf(facts),
        calls: facts.state === 'ready' ? [facts.account] : [],
        ...(facts.state === 'heard' && { fields: [NOT_HEARD, SECOND_DEVICE] }),
        ...(actionsOf(facts).length > 0 && { actions: [actionsOf(facts)] }),
      }),
});
