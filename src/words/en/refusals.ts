/** How Hearth says no, says what was not understood, and says that something went wrong. */
import { STATEMENT_VERSION } from '../../core/private-answers.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Action, Card } from '../card.ts';
import { literal, mention, moment, quote } from '../markup.ts';
import type { Problem } from '../problem.ts';
import { dayName } from './day.ts';
import { listed } from './list.ts';
import { PHASE_NAMES } from './phase.ts';

const READ_AND_SIGN: Action = { label: 'Read the agreement', command: 'agreement show', style: 'primary' };

const WRITE_GOAL: Action = { label: 'Open the form again', command: 'goal set', style: 'primary' };

type Said = string | Card;
type Wording = {
  readonly [Code in Refusal['code']]: Said | ((refusal: Extract<Refusal, { code: Code }>) => Said);
};

const ACCESS = {
  'not-for-you': 'This is for the people who take part in the group, so nothing was changed.',
  'admins-only':
    'Only people who manage this server can do this. Please ask one of them; nothing was changed.',
  'staff-only':
    'Only the facilitators of the group can do this. Please ask one of them; nothing was changed.',
  'break-glass-first':
    'Only those who look after the group can open this. When none of them can, and it cannot wait: `/break-glass begin` opens it to you for an hour, and tells them.',
  'no-emergency-access': 'You have no emergency access to this group that could be ended.',
  'no-group-here':
    'No group of yours was found here. The person who invited you can help. If you run the programme, please choose the group in the option `cohort`.',
  'asked-too-often': ({ minutes }) =>
    `You have asked many times for what is not yours to open. Please wait ${minutes} minutes, and ask the people who run your programme for what you need. All that is yours works as before, and \`/help-now\` always does.`,
  'which-group':
    'You belong to more than one group here. Please do this again in a room of the group that you mean, or use the buttons that stand there.',
  'sign-first': {
    text: 'The rooms open once you have signed the group agreement. It takes about two minutes, and nothing is lost by reading it first. Whenever somebody joins the group or the text changes, everybody is asked to sign once more. If you came when the group had begun and have signed already, the rooms open as soon as all the others have, too.',
    actions: [[READ_AND_SIGN]],
  },
  'somebody-was-first':
    'Somebody changed this at the same moment. Please look at how it stands now, and try again if it is still needed.',
} satisfies Partial<Wording>;

const COHORT = {
  'name-taken': ({ name }) =>
    `There is already a group called **${literal(name)}** here. Its rooms are being brought up to date. For a new group, please choose another name.`,
  'cohort-archived': 'This group has ended and is archived. What was kept stays readable for its staff.',
  'cohort-full': ({ capacity }) =>
    `The group is full: it holds ${capacity} people. Somebody has to be discharged before another person can join.`,
  'roster-closed':
    'The group has already begun, so its roster is closed. If the group agrees, enrol this person with `reopen-consent` set to yes: then everybody signs the agreement again before the rooms open.',
  'already-enrolled': 'This person is already enrolled in the group. Nothing needed to change.',
  'not-enrolled': 'This person is not on the roster of the group. Nothing needed to change.',
  'is-staff': 'This person facilitates the group, so they cannot also be enrolled in it.',
  'is-helper':
    'This person looks after people of the group as therapist or supervisor, so they cannot also be enrolled in it.',
  'is-member':
    'This person takes part in the group, so they cannot also be its supervisor or somebody’s therapist in it.',
  'is-bot': 'That is a bot. Please choose a person.',
  'same-facilitator':
    'A group is led by two different people. Please choose another person as co-facilitator.',
  'no-such-zone': ({ written, suggestions }) =>
    [
      `**${literal(written)}** is not the name of a time zone. Names look like Europe/Madrid or America/New_York.`,
      ...(suggestions.length > 0 ? [`Did you mean ${listed(suggestions.map(literal), 'or')}?`] : []),
    ].join(' '),
  'session-in-progress':
    'A session of this group is still open, so nothing was changed. A facilitator can go on with it, or end it with `/session end`; after that, please do this again.',
} satisfies Partial<Wording>;

const AGREEMENT = {
  'already-signed': 'You have already signed this agreement, and your signature stands. Nothing more to do.',
  'not-signed': {
    text: 'There is no signature of yours to withdraw. The rooms open only when you sign.',
    actions: [[READ_AND_SIGN]],
  },
  'agreement-changed': {
    text: 'The agreement was changed after you opened it. Please read it as it stands now, and sign that one.',
    actions: [[READ_AND_SIGN]],
  },
  'agreement-does-not-allow':
    'The agreement that your group signs says nothing of how long each speaks, or not in the words of the programme, so Hearth does not count it. An admin can put that item back with `/agreement edit`; everybody then signs the new version. Nothing was changed.',
  'confirmation-differs': ({ expected }) => ({
    text: `To sign, please type exactly **${literal(expected)}**. Nothing was signed yet.`,
    actions: [[READ_AND_SIGN]],
  }),
} satisfies Partial<Wording>;

const CYCLE = {
  'cycle-runs': ({ number }) =>
    `Cycle ${number} of this group goes on. Please end it first with \`/cycle end\`; nothing was changed.`,
  'no-cycle': 'No cycle of this group goes on at the moment. `/cycle begin` begins one.',
  'cycle-is-over':
    'The last cycle of this group has ended. When everybody is there for the next one, an admin begins it with `/cycle begin`: then all sign again, and sessions can be opened.',
} satisfies Partial<Wording>;

const PLACES = {
  'place-is-free':
    'There is a place in this group, and nobody waits for it. Please enrol this person with `/cohort enrol`; nothing was changed.',
  'already-on-waitlist': 'This person waits for a place in this group already. Nothing needed to change.',
  'not-on-waitlist': 'This person does not wait for a place in this group. Nothing needed to change.',
  'nobody-on-waitlist': 'Nobody waits for a place in this group. Nothing needed to change.',
  'same-group': 'That is the group in which this person is. Please choose another one; nothing was changed.',
  'no-such-group':
    'There is no other group of that name on this server. Please choose one of those offered while you type.',
} satisfies Partial<Wording>;

const WRITING = {
  'no-such-item':
    'The agreement has no item of that number. `/agreement edit` shows them; nothing was changed.',
  'last-item': 'An agreement needs at least one item, so this one stays. Nothing was changed.',
  'too-many-items': ({ most }) =>
    `An agreement holds ${most} items at most, so that each can be read. Please take one out first; nothing was changed.`,
  'agreement-too-long': ({ most }) =>
    `With this the agreement would be longer than ${most} characters, and it would not fit on one card. Please say it more briefly; nothing was changed.`,
  'agreement-unchanged':
    'The agreement stands already just as it would be published. Nothing needed to change.',
  'agreement-draft-is-gone':
    'What was written has been changed or published meanwhile. `/agreement edit` shows how it stands now. If it goes on from an earlier version, throw the draft away and write it again; nothing was published.',
  'languages-differ':
    'The texts have different numbers of items, so they cannot say the same. Please write the other language too with `/agreement edit`, or choose the `languages` of `/agreement publish`; nothing was published.',
  'no-such-language':
    'There is no text in that language yet. Please write it with `/agreement edit` first; nothing was published.',
} satisfies Partial<Wording>;

const SESSION = {
  'no-such-topic':
    'The programme has no topic of that name for this kind of group. Please choose one of those offered while you type, or leave it out: then the next one is taken.',
  'voice-not-seen':
    'Hearth cannot see at this moment who is in the voice room, so nothing was changed. Please try again in a few seconds; until then you can do it by hand, with a long press or right click on a name there.',
  'not-in-voice':
    'This person is not in the voice room, so nothing was changed. You can do it as soon as they are.',
  'nobody-in-voice': 'Nobody who takes part is in the voice room, so nothing was changed.',
  'nobody-goes-along':
    'Nobody can go along: neither the co-facilitator nor you are in the voice room, and nobody should wait in a room alone. Please join it, and do this again.',
  'aside-is-taken': ({ account }) =>
    `${mention(account)} is aside, and there is one such room. Please bring them back first (\`/moderate bring-back\`); nothing was changed.`,
  'no-session': 'There is no session open at the moment. A facilitator opens it with `/session open`.',
  'session-ended': 'This session has ended. What you did before the end is kept.',
  'session-paused': 'The session is paused. It goes on as soon as a facilitator resumes it.',
  'not-paused': 'The session is not paused; it is going on.',
  'moved-on': ({ phase }) =>
    `The session was already in **${PHASE_NAMES[phase]}** when you pressed, so nothing was changed.`,
  'first-phase': 'This is the first part, so there is nothing to go back to.',
  'last-phase': 'This is the last part. When the group is ready, end the session with `/session end`.',
  'not-a-talking-phase': ({ phase }) =>
    `Turns are taken while the group talks. The group is now in **${PHASE_NAMES[phase]}**; please try again when the talking begins.`,
  'not-yet-reflection': ({ phase }) =>
    `The closing reflection comes at the end. The group is now in **${PHASE_NAMES[phase]}**; the card in the group room will show when it is time.`,
  'hand-already-raised': 'Your hand is already raised, and your place in the queue is kept.',
  'already-speaking':
    'It is your turn right now: the group is listening. Press **Done speaking** when you have finished.',
  'not-speaking': 'It is not your turn at the moment. To ask for one, raise your hand.',
  'nobody-waiting': 'Nobody is waiting for a turn.',
} satisfies Partial<Wording>;

const CALL = {
  'encryption-needs-calls':
    'Only from within a call can Hearth tell whether it is encrypted: a group whose sessions wait for that needs `calls` set to yes, too. Nothing was changed.',
  'encryption-unknown':
    'Hearth is not in the call of the group at this moment, so nobody knows whether it is encrypted, and your policy asks for that. Please wait some seconds and try again. If it stays so, `/encryption show` tells more, and an admin can set `encryption` to “Say it on the cards” with `/cohort policy`. No session was opened.',
  'encryption-not-agreed':
    'Hearth is in the call, and those who are in it are still agreeing on its encryption, which your policy asks for. Please wait some seconds and try again. If it stays so, it helps when everybody leaves the voice room and comes back. No session was opened.',
  'call-not-encrypted':
    'The call is not end-to-end encrypted at this moment, and your policy asks for that. Usually one device is the cause: please let everybody update Discord, leave the voice room and come back, and then try again. No session was opened.',
  'outside-encryption': ({ people }) =>
    `${people === 1 ? 'One person in the voice room is' : `${people} people in the voice room are`} not part of the encrypted call yet, and your policy asks for that. The staff panel or \`/encryption show\` tells who. It often helps to leave the voice room and to come back. No session was opened.`,
  'no-code-now':
    'There is no code for you at this moment: it exists while you and Hearth are in the same encrypted call. Please come into the voice room of your group while Hearth is there, and ask again.',
  'check-is-over': {
    text: 'This microphone test is over, or has gone on already. You can begin another whenever you like.',
    actions: [[{ label: 'Test my microphone', command: 'voice-check', style: 'primary' }]],
  },
} satisfies Partial<Wording>;

const SOUNDS = {
  'no-such-exercise':
    'The programme has no exercise of that name. Please choose one of those offered while you type.',
  'already-playing':
    'Something is going on already. Please stop it first with `/exercise stop`, or let it come to its end.',
  'nothing-plays': 'Nothing is going on at the moment that could be paused or stopped.',
  'playback-paused': 'It is paused already. Go on with **Resume** on the staff panel.',
  'playback-goes-on': 'It is not paused; it is going on.',
  'no-such-media':
    'The group has no recording of that number. `/media list` shows those that there are, and they are offered while you type.',
  'too-many-media': ({ most }) =>
    `The group has ${most} recordings already, as many as can be kept. Please remove one first; this one was not kept.`,
  'file-too-big': ({ mebibytes }) =>
    `This file is larger than the ${mebibytes} MiB that can be kept. Please save it shorter, or with less quality; it was not kept.`,
  'file-not-fetched':
    'The file could not be fetched from Discord just now, so it was not kept. Please try again in a moment.',
  'not-audio':
    'This is no sound file that can be played here: please save it as Ogg (`.ogg`, `.opus`) or WebM with Opus. It was not kept.',
  'not-opus':
    'The sound in this file is not in Opus, or there is none. Please save it as Ogg or WebM with Opus; it was not kept.',
  'audio-damaged': 'This file is damaged or incomplete. Please save it anew; it was not kept.',
  'audio-too-long': ({ minutes }) =>
    `This lasts longer than ${minutes} minutes. Please choose a shorter part of it; it was not kept.`,
  'link-unreadable':
    'This is no address that can be shown to the group. It has to begin with **https** and name a website; nothing was shown.',
} satisfies Partial<Wording>;

const SCHEDULE = {
  'date-unreadable': ({ written }) =>
    `**${literal(written)}** is not a day of the calendar. Please write it like **2026-05-31**; nothing was changed.`,
  'date-too-far': ({ last }) =>
    `That day is too far away to be planned. Please choose one until ${dayName(last)}.`,
  'time-unreadable': ({ written }) =>
    `**${literal(written)}** could not be read as a time. Please write it like **18:00** or **6pm**; nothing was changed.`,
  'last-or-weeks': 'Please give either the last day or the number of weeks, not both; nothing was saved.',
  'no-times-given':
    'Please say when the group meets: either `when`, like **Mon Wed 18:00**, or `cron`. Nothing was saved.',
  'meeting-is-planned': 'This meeting takes place as planned. Nothing needed to change.',
  'meeting-is-then': 'The meeting is at that time already. Nothing needed to change.',
  'is-holiday': 'That day is a holiday of the group already. Nothing needed to change.',
  'no-holiday': 'That day is no holiday of the group. Nothing needed to change.',
  'schedule-in-the-past': ({ today }) =>
    `The first day is over already. Today is ${dayName(today)} where the group meets; please choose today or a later day.`,
  'ends-before-it-begins':
    'The last day comes before the first. Please look at both again; nothing was saved.',
  'cycle-too-long':
    'That is longer than a year. Please choose an earlier last day: a new cycle can follow with its own schedule.',
  'when-unreadable': ({ written }) =>
    `**${literal(written)}** could not be read as days and times. Please write it like **Mon Wed 18:00**, with a semicolon between different days: **Mon Wed 18:00; Fri 10:00 14:00**.`,
  'cron-unreadable': ({ written }) =>
    `**${literal(written)}** is not a cron expression of five fields: minute, hour, day of the month, month, day of the week. Mondays and Wednesdays at six in the evening are **0 18 * * 1,3**.`,
  'meetings-overlap': ({ first, second }) =>
    `Two meetings would overlap: one begins on ${moment(first, 'F')} and the other on ${moment(second, 'F')}. Please choose other times or a shorter length; nothing was saved.`,
  'overlaps-kept-time': ({ at }) =>
    `What would begin on ${moment(at, 'F')} overlaps another time that is kept already. Please choose another time or a shorter length; nothing was saved.`,
  'meets-too-often': ({ most }) =>
    `That would be more than ${most} meetings in one cycle. Please choose fewer times or an earlier last day.`,
  'never-meets':
    'With these days and times the group would not meet even once between the first and the last day. Please look at them again; nothing was saved.',
  'no-schedule': ({ lastDay }) => {
    const last = lastDay === undefined ? '' : ` Its last cycle ended on ${dayName(lastDay)}.`;
    return `This group has no schedule at the moment.${last} An admin or a facilitator sets one with \`/schedule set\`.`;
  },
  'draft-is-gone':
    'This schedule was not saved, and it has changed or is too old to be saved now. Please type `/schedule set` again.',
  'no-such-meeting':
    'No meeting of the group was found at that time. Please choose one of those offered while you type.',
  'which-meeting':
    'The group meets more than once on that day. Please choose one of those offered while you type.',
  'meeting-has-begun': 'This meeting has begun already or is over, so it stays as it is.',
  'meeting-is-skipped': 'This meeting is skipped. Nothing needed to change.',
  'move-into-the-past': 'That time is over already. Please choose a time that is still ahead.',
} satisfies Partial<Wording>;

const TASKS = {
  'no-absence-told': 'You have not said that you cannot come to this meeting. Nothing needed to change.',
  'no-such-task': 'No task of yours with that number was found. `/task list` shows those that are open.',
  'task-is-settled': 'This task is settled already, and stays as it was settled. Nothing needed to change.',
  'not-on-the-list': 'That is not on the list of this task. `/task show` tells what is.',
} satisfies Partial<Wording>;

const INDIVIDUAL = {
  'person-is-busy':
    'This person has another meeting at that time. Please choose another one; nothing was saved.',
  'therapist-is-busy':
    'Their therapist has another meeting at that time. Please choose another one; nothing was saved.',
  'too-many-rooms': ({ most }) =>
    `This group has ${most} pairs of rooms for two already, and Discord holds no more under one group. Nothing was saved.`,
  'individual-not-open':
    'There is no such time together going on at the moment. It begins by itself when its time has come.',
  'nothing-to-make-up': 'There is nothing to make up for. `/make-up list` shows what is.',
  'make-up-booked': ({ startsAt }) =>
    `This session is to be made up for on ${moment(startsAt, 'F')} already. To offer another time, cancel that one first.`,
  'made-up-already': 'This session has been made up for already. Nothing needed to change.',
  'not-an-extra-meeting':
    'The group has no extra meeting at that time. Please choose one that was added for it, or offer a time with their therapist.',
  'offer-is-gone':
    'This offer no longer stands. Your facilitators can offer another time; nothing was changed.',
} satisfies Partial<Wording>;

const RECORDS = {
  'no-such-goal': 'No goal with that number was found. `/goal list` shows the numbers.',
  'which-person': 'Please choose a person, too: facilitators see the goals that a person shares with them.',
  'date-not-ahead': {
    text: 'Please choose a day that is still ahead, written like 2026-05-31.',
    actions: [[WRITE_GOAL]],
  },
  'no-such-date': {
    text: 'That day is not in the calendar. Please write it like 2026-05-31.',
    actions: [[WRITE_GOAL]],
  },
  'no-such-period':
    'These days could not be read as a period. Please write them like 2026-05-31, the first before the last, and at most a year apart.',
  'no-attendance-yet': 'There is no attendance yet: it is counted when a session ends.',
  'no-such-person-here': 'This person is not in this group, or was not in it yet at that time.',
} satisfies Partial<Wording>;

const OPERATION = {
  'no-such-failure':
    'Nothing with that reference was found on this server. `/admin failures` shows what is open, each with its reference.',
  'failure-settled':
    'Somebody has already dealt with this, so nothing was changed. `/admin failures` shows what is still open.',
} satisfies Partial<Wording>;

/** What an admin accepts before a clinical group answers in Discord: its wordings are counted in `core`. */
const STATEMENT = [
  'You ask that a group that is treatment answers in Discord. Nothing was changed yet. Please read this first:',
  '- What people tell of how they are, what they intend and what they want to reach would pass through Discord and be kept there.',
  '- Discord signs no business associate agreement, and its developer policy forbids sending it protected health information.',
  '- Your programme decides whether it may do this, with its own counsel, and tells the people of the group.',
  'That you accept this is kept, with your account and the time.',
].join('\n');

const PRIVATE = {
  'pages-not-safe':
    'Private answers need pages that nobody reads along with on the way. Whoever runs Hearth puts it behind a web server that speaks HTTPS, and its address into `HEARTH_WEB_URL`. Nothing was changed.',
  'statement-first': ({ cohortId }) => ({
    title: 'Answers in Discord',
    text: STATEMENT,
    actions: [
      [
        {
          label: 'I accept this for the programme',
          command: 'cohort policy',
          given: { cohort: cohortId, 'private-answers': 'discord', accept: String(STATEMENT_VERSION) },
          style: 'danger',
        },
      ],
    ],
    tone: 'attention',
  }),
  'too-many-pages': ({ minutes }) =>
    `You were given very many pages in a short time, so there is no new one just now. Please use one of those that are open, or ask again in ${minutes} minutes.`,
  'too-many-calendars': ({ minutes }) =>
    `You were given many addresses in a short time, so there is no new one just now. Please keep the last one, or ask again in ${minutes} minutes.`,
  'link-used': 'This page was used already, so nothing was changed. Please ask for a new one in Discord.',
  'wait-before-code': ({ until }) =>
    `Too many codes were wrong. Please wait until ${moment(until, 't')}, and try again then.`,
  'wrong-code':
    'This code is not right, or was used already. Please wait for the next one in your app, and try that.',
  'not-signed-in': 'You are not signed in any more. Please begin again.',
  'own-device':
    'Nobody does this for themselves, so nothing was changed: whoever had your account could do it, too. Please sign in with one of your codes for a lost device, or ask another admin of this server.',
  'device-not-here':
    'Nothing was changed: here this is done only for somebody who manages this server or looks after its groups, and has looked after none of another. They can sign in with one of their codes for a lost device, and whoever runs Hearth can have them begin anew.',
} satisfies Partial<Wording>;

const SAFETY = {
  'hours-unreadable': ({ written }) =>
    `“${literal(written)}” could not be read as hours. Write days and then from when until when, like \`Mon-Fri 9:00-17:00; Sat 10:00-12:00\`, or \`always\`.`,
  'on-call-is-staff':
    'Only one of the two facilitators of the group can be on call for it. Please choose one of them.',
  'no-supervisor':
    'An alert that neither facilitator acknowledges must reach somebody. Please have an admin name a supervisor with `/cohort supervisor` first; until then, alerts stay switched off.',
  'no-such-country':
    'Hearth has no crisis lines for that. Please write the two letters of the country, like ES or US; `/crisis-lines list` shows those that there are.',
  'lines-unreadable':
    'Please write at least one line, each with its name and number, divided by semicolons, like `Samaritans: call 116 123; Shout: text SHOUT to 85258`.',
  'rules-need-right':
    'For that Hearth needs the right Manage Server, which its invitation does not ask for: Discord lets nobody else keep AutoMod rules. Give it to Hearth’s role if you want the rules, and ask once more. Nothing was changed, and everything else works without it.',
  'rules-need-fewer-rooms':
    'Discord’s rules are those of a whole server, and it lets no more than 50 rooms be exempt from one. This server has more rooms beside those of the group, where they would hold, too: so Hearth makes none. Nothing was changed. A server of its own for the programme makes it possible.',
  'place-not-asked':
    'You are not asked where you are just now. Where a group asks for it, it does so from an hour before a session on.',
  'place-is-needed':
    'Your group needs to know where you are during a session, so that help would find you. Please talk with your facilitators if you would rather not say; nobody keeps you out for it.',
  'place-needs-alert':
    'You are shown this while an alert of that person is not closed. At any time their facilitators and their own therapist can look.',
  'no-such-alert':
    'No alert of this group that you may open bears that code. `/alert list` shows those that you may.',
  'alert-is-closed': 'This alert is closed already, and stays as it was. `/alert view` shows what was noted.',
} satisfies Partial<Wording>;

const OWN_DATA = {
  'on-hold':
    'What is kept of you cannot be erased just now: the programme must keep it for a legal reason (a “legal hold”), and nothing of it goes by itself either. That is not about anything that you asked for. `/my-data show` tells when it is over; then ask again. You can always see it and take it along with `/my-data export`.',
  'no-such-cycle': 'This group has no cycle of that number. `/cycle show` lists its cycles.',
  'already-held': 'That is held already. `/retention holds` shows why.',
  'not-held': 'That is not held. `/retention holds` shows what is.',
  'still-takes-part':
    'You are part of a group now, or wait for a place in one, so nothing was erased. What can be erased meanwhile, you find under `/my-data erase`. To leave, please talk with the people who run your programme; then this is open to you.',
  'still-staff':
    'A group or a person is in your care now, so nothing was erased. Please have the people who run the programme name somebody else first; then this is open to you.',
} satisfies Partial<Wording>;

const WORDING: Wording = {
  ...ACCESS,
  ...COHORT,
  ...AGREEMENT,
  ...WRITING,
  ...CYCLE,
  ...PLACES,
  ...SESSION,
  ...CALL,
  ...SOUNDS,
  ...SCHEDULE,
  ...TASKS,
  ...INDIVIDUAL,
  ...RECORDS,
  ...OPERATION,
  ...PRIVATE,
  ...SAFETY,
  ...OWN_DATA,
};

/** Why something was not done, and what to do next. */
export const refusal = (reason: Refusal): Card => {
  // The table is exhaustive and keyed by code, but the compiler cannot follow one code through a union of functions.
  const wording = WORDING[reason.code] as Said | ((refusal: Refusal) => Said);
  const said = typeof wording === 'function' ? wording(reason) : wording;
  return typeof said === 'string' ? { text: said } : said;
};

const PROBLEM: Readonly<Record<Problem['what'], (limit: number) => string>> = {
  missing: () => 'this is still needed.',
  'too-short': (limit) => `please write at least ${limit} characters.`,
  'too-long': (limit) => `please write at most ${limit} characters.`,
  'too-small': (limit) => `at least ${limit}, please.`,
  'too-big': (limit) => `at most ${limit}, please.`,
  'not-one-of': () => 'please choose one of those offered.',
  wrong: () => 'this could not be read. Please choose or type it again.',
};

/** A button or form that Hearth no longer knows. */
export const expired = (): Card => ({
  text: 'This button is from an earlier version and no longer works. Please use the newest card in the room, or type the command.',
});

/** What could not be taken as it was typed, one line a problem; with none, a button carried what it never should. */
export const invalid = (problems: readonly Problem[]): Card =>
  problems.length === 0
    ? expired()
    : {
        title: 'Almost there',
        text: [
          'Nothing was changed yet. Please try again with:',
          ...problems.map(
            ({ description, what, limit = 0 }) => `- **${description}**: ${PROBLEM[what](limit)}`,
          ),
        ].join('\n'),
      };

/** Characters of theirs that are given back: escaped three times as long, they still fit on a card. */
const MOST_GIVEN_BACK = 1_200;

/** A card with what the person wrote beneath it, so that nothing they wrote is lost. */
export const givenBack = (card: Card, written: readonly string[]): Card => {
  const fits = written.reduce((sum, { length }) => sum + length, 0) <= MOST_GIVEN_BACK;
  const most = fits ? MOST_GIVEN_BACK : Math.floor(MOST_GIVEN_BACK / written.length);
  const quotes = written.map((text) => quote(text, most));
  return { ...card, text: [card.text, '', 'This is what you wrote; it was not kept:', ...quotes].join('\n') };
};

/** Something went wrong that nobody foresaw: only the reference is told, never the cause. */
export const fault = (reference: string): Card => ({
  title: 'Something went wrong on our side',
  text: `It was not because of you. Please try once more; if it happens again, tell the people who run Hearth this reference: **${reference}**`,
  tone: 'attention',
});

/** Asked in a direct message, where there is no group. */
export const notInServer = (): Card => ({
  text: 'Hearth works inside the server of your programme. Please do this in a room of your group there.',
});
