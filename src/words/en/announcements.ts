/** What is said once in a room, at the moment it is true. */
import type { Announcement, Spot } from '../../core/board.ts';
import type { Action, Spoken } from '../card.ts';
import { leadingTo, literal, mention, moment } from '../markup.ts';
import { alertButtons, alertLine } from './alert.ts';
import { calendarNews } from './calendar-news.ts';
import { linesOld } from './crisis-lines.ts';
import { cyclePast } from './cycle.ts';
import { notAllowed } from './moderate.ts';
import { PHASE_NAMES } from './phase.ts';
import { fullTime, REMIND_DIRECTLY, TAKE_OVER } from './reminders.ts';
import { roomsLookedAt, roomsRepaired } from './room-watch.ts';
import { answerButtons } from './rsvp.ts';
import { toldStaff } from './sign-in.ts';

interface Calling {
  /** Missing once whoever it is had all of themselves erased. */
  readonly account?: string;
}

const called = ({ account }: Calling): string =>
  account === undefined ? 'To whoever looks after this group' : mention(account);

const callsOf = ({ account }: Calling): Pick<Spoken, 'calls'> =>
  account === undefined ? {} : { calls: [account] };

/** It is asked about before anything ends. */
const END_EARLIER: Action = {
  label: 'End the earlier session',
  command: 'session end',
  given: { sure: 'no' },
  style: 'danger',
};

/** It is asked about before anything ends. */
const endCycle = (cohort: string): Action => ({
  label: 'End the cycle',
  command: 'cycle end',
  given: { cohort },
});
const NEXT_IN_LINE: Action = { label: 'See who is next', command: 'waitlist next' };

const FAREWELL_LINES: Readonly<
  Record<Extract<Announcement, { kind: 'farewell' }>['line'], (account: string | undefined) => string>
> = {
  unnamed: () =>
    'One of us has left the group. What was shared here stays here; whatever it stirs may come with you to the next session.',
  left: (account) =>
    `${account === undefined ? 'One of us' : mention(account)} has left the group. We thank them, and what they shared with us stays here.`,
  completed: (account) =>
    `${account === undefined ? 'One of us' : mention(account)} has completed their time with us. We thank them and wish them well; what they shared with us stays here.`,
};

const topic = (title: string | undefined): string => (title === undefined ? '' : `: ${literal(title)}`);

const theCard = (card: Spot | undefined): string =>
  card ? leadingTo('The session card', card) : 'The session card';

const textOf = (said: Announcement): string => {
  switch (said.kind) {
    case 'session-opened':
      return [
        `Welcome. Session ${said.number} is open${said.topicTitle === undefined ? '' : `. Today’s topic is ${literal(said.topicTitle)}`}.`,
        `Our agreement (version ${literal(said.agreementVersion)}) holds here: what is said here, and who is here, stays here. Nobody records.`,
        'You may always pass. The session card in this room shows what to do now.',
      ].join('\n');
    case 'phase-entered':
      return `We move on to **${PHASE_NAMES[said.phase]}**${topic(said.topicTitle)}. ${theCard(said.card)} shows what to do now.`;
    case 'phase-ending':
      return `The time planned for **${PHASE_NAMES[said.phase]}** ends at ${moment(new Date(said.plannedEndAt), 't')} (${moment(new Date(said.plannedEndAt), 'R')}). Nothing moves on by itself: press **Next** when the group is ready, or **Extend**.`;
    case 'paused':
      return 'The session is paused. Take a break; it goes on when a facilitator resumes it.';
    case 'resumed':
      return `The session goes on with **${PHASE_NAMES[said.phase]}**. ${theCard(said.card)} shows what to do now.`;
    case 'task-opened':
      return 'Something new is to be looked after. Whoever it is for finds it with `/task list`.';
    case 'rooms-repaired':
      return roomsRepaired(said);
    case 'lines-old':
      return linesOld(said.entries);
    case 'rooms-looked-at':
      return roomsLookedAt(said);
    case 'device-forgotten':
      return toldStaff(said);
    case 'session-ended':
      return 'The session has ended. Thank you for being here; take care of yourself today.';
    case 'talk-time-counted':
      return 'Hearth counts how long each of us speaks in this session, as our agreement says. Only the facilitators see it, so that everyone gets an opportunity. What is said is not kept, and the count is deleted when attendance is attested, and after 30 days at the latest.';
    case 'farewell':
      return FAREWELL_LINES[said.line](said.account);
    case 'place-free':
      return `A place in this group is free, and ${said.waiting === 1 ? 'one person waits' : `${said.waiting} people wait`} for one. People who manage this server can offer it to whoever is first.`;
    case 'newcomers-admitted':
      return `Everybody has signed, so ${said.people === 1 ? 'the person who was to join comes' : `the ${said.people} people who were to join come`} in now. It is kind to introduce them at the beginning of the next session.`;
    case 'not-allowed':
      return notAllowed(said);
    case 'facilitator-gone':
      return 'Somebody who was named to lead this group is no part of it any more, and cannot be reached by Hearth. Please have whoever manages this server name somebody else with `/cohort policy`.';
    case 'cycle-begun':
      return `Cycle ${said.number} has begun. ${said.signAgain ? 'Everybody is asked to sign the agreement again in the welcome room, and the rooms open to each who has; the panel tells who.' : 'Those who have signed the agreement already did so for this cycle.'}`;
    case 'cycle-ended':
      return `Cycle ${said.number} has ended. Thank you for what you shared, and for what you kept. What was said here, and who was here, stays here, also from now on.`;
    case 'cycle-past':
      return cyclePast(said);
    case 'agreement-published':
      return said.inSession
        ? `The agreement has a new version, ${literal(said.version)}. This session goes on under the earlier one; when it is over, the rooms open again for each who has read and signed the new one in the welcome room.`
        : `The agreement has a new version, ${literal(said.version)}. The rooms open again for each who has read and signed it in the welcome room; the panel tells who has.`;
    case 'talk-time-not-counted':
      return 'From now on, Hearth counts no longer how long each of us speaks. What it counted before in this session is deleted when attendance is attested, and after 30 days at the latest.';
    case 'reminder':
      return fullTime(new Date(said.startsAt));
    case 'take-over':
      return `${called(said)}, a session was to begin at ${moment(new Date(said.startsAt), 't')}, and nobody has opened it yet. Would you take over? The group has been told that you were asked.`;
    case 'still-open':
      return `${called(said)}, a session was to begin at ${moment(new Date(said.startsAt), 't')}, and an earlier session of this group is still open. It must be ended first; then this one can be opened. Would you do that? The group has been told that you were asked.`;
    case 'lead-missing':
      return `${called(said)}, the session is open, and its lead is not in the voice room yet. You can lead it from the panel here until they come. Nothing ends by itself.`;
    case 'alert':
      return said.account === undefined ? alertLine(said) : `${mention(said.account)}, ${alertLine(said)}`;
    default:
      return calendarNews(said);
  }
};

/** An announcement as a message. */
export const announcement = (said: Announcement): Spoken => {
  const text = textOf(said);
  switch (said.kind) {
    case 'reminder':
      return { text, actions: [answerButtons(said.occurrenceId), [REMIND_DIRECTLY]] };
    case 'take-over':
      return { text, ...callsOf(said), actions: [[TAKE_OVER]] };
    case 'still-open':
      return { text, ...callsOf(said), actions: [[END_EARLIER, TAKE_OVER]] };
    case 'cycle-past':
      return { text, actions: [[endCycle(said.cohortId)]] };
    case 'place-free':
      return { text, actions: [[NEXT_IN_LINE]] };
    case 'lead-missing':
    case 'device-forgotten':
      return { text, ...callsOf(said) };
    case 'alert':
      return {
        text,
        ...callsOf(said),
        actions: [alertButtons(said)],
      };
    default:
      return { text };
  }
};
