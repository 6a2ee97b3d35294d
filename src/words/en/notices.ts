/**
 * What one person is told by themselves. A telephone shows it to whoever looks on: it names no group, no topic, nobody
 * else, and not what the time is for.
 */
import type { Notice } from '../../core/notice.ts';
import type { Action, Card } from '../card.ts';
import { alertButtons, alertLine, CONTACT_ME } from './alert.ts';
import { toldStaff } from './break-glass.ts';
import { withHelp } from './help-now.ts';
import { counted } from './list.ts';
import { offerAnswers } from './make-up.ts';
import { toldHeld } from './moderate.ts';
import { placeButtons } from './place.ts';
import { fullTime, TAKE_OVER } from './reminders.ts';
import { answerButtons } from './rsvp.ts';
import { toldThem } from './sign-in.ts';

const timeOf = ({ startsAt }: { readonly startsAt: string }): string => fullTime(new Date(startsAt));

type Reminding = Extract<Notice, { kind: 'reminder' }>;

/** Pressed outside every room, it says itself which group is meant. */
const inGroup = (action: Action, cohort: string): Action => ({
  ...action,
  given: { ...action.given, cohort },
});

const answersTo = ({ occurrenceId, cohortId, ready }: Reminding): readonly Action[] =>
  answerButtons(occurrenceId)
    .filter(({ command }) => !ready || command !== 'rsvp')
    .map((action) => inGroup(action, cohortId));

const NO_MORE: Action = {
  label: 'No more reminders by direct message',
  command: 'reminders choose',
  given: { direct: 'no' },
};

const placeOf = ({ asksPlace, cohortId }: Reminding): readonly (readonly Action[])[] =>
  asksPlace ? [placeButtons(asksPlace).map((action) => inGroup(action, cohortId))] : [];

const reminder = (facts: Reminding): Card => ({
  text: facts.ready
    ? `${timeOf(facts)}\nYou said that you will be there. If that has changed, say so here.`
    : `${timeOf(facts)}\nPlease say here whether you will be there. Either answer is fine.`,
  actions: [answersTo(facts), ...placeOf(facts), [inGroup(NO_MORE, facts.cohortId)]],
});

const SOMETHING_WAITS = 'Something waits for you.';

const NEWS: Readonly<Record<Extract<Notice, { kind: 'individual' }>['what'], string>> = {
  planned: 'This time is kept for you.',
  moved: 'A time that was kept for you is now this one.',
  cancelled: 'This time is no longer kept for you.',
  soon: 'This time is kept for you and one other person.',
};

const GOODBYE = [
  'Thank you for the time that you were with us. Your place is closed now, and what was said there stays there, also from now on.',
  'Take good care of yourself. Whenever you need somebody, please turn to the people who look after you, or to the emergency number or a crisis line where you are: nobody watches this account around the clock.',
].join('\n\n');

const cardOf = (facts: Notice): Card => {
  switch (facts.kind) {
    case 'reminder':
      return reminder(facts);
    case 'take-over':
      return {
        text: `${timeOf(facts)}\nNobody has opened it yet. Would you take over?`,
        actions: [[inGroup({ ...TAKE_OVER, label: 'Take over and open it' }, facts.cohortId)]],
      };
    case 'task':
      return {
        text: `${SOMETHING_WAITS} \`/task list\` shows it.`,
        actions: [[{ label: 'Show it', command: 'task list', given: { cohort: facts.cohortId } }]],
      };
    case 'goodbye':
      return { text: GOODBYE };
    case 'break-glass':
      return { text: toldStaff(facts) };
    case 'held':
      return { text: toldHeld(facts), actions: [[inGroup(CONTACT_ME, facts.cohortId)]] };
    case 'device-forgotten':
      return { text: toldThem(facts) };
    case 'individual':
      return { text: `${timeOf(facts)}\n${NEWS[facts.what]}` };
    case 'make-up':
      return {
        text: `${timeOf(facts)}, ${counted(facts.minutes, 'minute', 'minutes')}\nWould this time suit you? Either answer is fine, and nothing is booked until you accept.`,
        actions: [offerAnswers(facts)],
      };
    case 'alert':
      return {
        text: facts.again ? `${alertLine(facts)} It was asked again.` : alertLine(facts),
        actions: [alertButtons(facts).map((action) => inGroup(action, facts.cohortId))],
      };
  }
};

/** A notice as a direct message; whoever is told as staff has no button to ask for help. */
export const notice = (facts: Notice): Card =>
  facts.kind === 'reminder' || facts.kind === 'make-up' || facts.kind === 'held'
    ? withHelp(cardOf(facts), facts.cohortId)
    : cardOf(facts);

const inOneLine = (facts: Notice): string => {
  switch (facts.kind) {
    case 'task':
      return `${SOMETHING_WAITS} \`/task list\``;
    case 'goodbye':
      return GOODBYE;
    case 'alert':
      return alertLine(facts);
    case 'break-glass':
      return toldStaff(facts);
    case 'held':
      return toldHeld(facts);
    case 'device-forgotten':
      return toldThem(facts);
    default:
      return timeOf(facts);
  }
};

/** A notice in a room, behind the mention of whom it is for: the time, and nothing else. */
export const noticeInRoom = (facts: Notice): { readonly text: string } => ({
  text: inOneLine(facts),
});
