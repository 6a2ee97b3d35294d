/** The panel in the staff's room: the controls of the session, who is here, and what was shared with staff. */
import { TALKING } from '../../core/agenda.ts';
import type { NextMeeting, StaffPanel, StaffView } from '../../core/board.ts';
import { open } from '../../core/confidential.ts';
import type { Action, Card, CardField } from '../card.ts';
import { clip, literal, mention, moment, visible } from '../markup.ts';
import { inList } from './alert.ts';
import { arrivalLine } from './check-in.ts';
import { line } from './encryption.ts';
import { counted } from './list.ts';
import { holdLines } from './moderate.ts';
import { linesUnder, people } from './people.ts';
import { phaseTitle } from './phase.ts';
import { placeField } from './place.ts';
import { fullTime } from './reminders.ts';
import { READ, takeAwayLines } from './session-card.ts';

const MINUTES_MORE = 5;

const moves = ({ step, steps }: StaffView): readonly Action[] => {
  const given = { step: String(step) };
  const last = step === steps - 1;
  return [
    { label: 'Back', command: 'session back', given, disabled: step === 0 },
    { label: 'Next', command: 'session next', given, style: 'primary', disabled: last },
    { label: 'Skip', command: 'session skip', given, disabled: last },
    {
      label: `Extend +${MINUTES_MORE}`,
      command: 'session extend',
      given: { ...given, minutes: String(MINUTES_MORE) },
    },
  ];
};

/** Before the last part, End asks once more: nothing opens an ended session again. */
const end = ({ step, steps }: StaffView): Action => ({
  label: 'End',
  command: 'session end',
  given: { sure: step === steps - 1 ? 'yes' : 'no' },
  style: 'danger',
});

const nextTurn = ({ phase, speakingTurn = 'none' }: StaffView): readonly Action[] =>
  TALKING.has(phase)
    ? [{ label: 'Next turn', command: 'turn next', given: { after: speakingTurn }, style: 'primary' }]
    : [];

/** What sounds is in the hands of the staff alone. */
const playing = ({ plays }: StaffView): readonly (readonly Action[])[] => {
  if (!plays) return [];
  const given = { playback: plays.playbackId };
  const what = plays.kind === 'exercise' ? 'the exercise' : 'the recording';
  const other: Action =
    plays.state === 'playing'
      ? { label: `Pause ${what}`, command: 'exercise pause', given }
      : { label: `Resume ${what}`, command: 'exercise resume', given, style: 'primary' };
  return [[other, { label: `Stop ${what}`, command: 'exercise stop', given }]];
};

/** In a crisis nobody looks for two buttons, and nobody is asked why. */
const crisis = (session: StaffView): readonly Action[] => [
  { label: 'Pause and hold the chat', command: 'session pause', given: { chat: 'hold' }, style: 'danger' },
  ...holding(session),
];

const holding = ({ holds }: StaffView): readonly Action[] =>
  holds && holdLines(holds).length > 0 ? [{ label: 'Undo what is held', command: 'moderate undo' }] : [];

/** What a pause began with is over by one press, too. */
const resuming = ({ holds }: StaffView): readonly Action[] =>
  holds?.isChatHeld
    ? [
        {
          label: 'Resume and open the chat',
          command: 'session resume',
          given: { chat: 'open' },
          style: 'primary',
        },
        { label: 'Resume', command: 'session resume' },
      ]
    : [
        { label: 'Resume', command: 'session resume', style: 'primary' },
        { label: 'Hold the chat', command: 'moderate hold-chat' },
      ];

const controls = (session: StaffView): readonly (readonly Action[])[] =>
  session.state === 'paused'
    ? [[...resuming(session), ...holding(session), end(session)]]
    : [
        moves(session),
        [...nextTurn(session), { label: 'Pause', command: 'session pause' }, end(session)],
        crisis(session),
        ...playing(session),
      ];

const turns = ({ phase, speaker, waiting, notYetHeard }: StaffView): readonly CardField[] =>
  TALKING.has(phase)
    ? [
        { name: 'Speaking now', value: people(speaker === undefined ? [] : [speaker], 'Nobody has a turn.') },
        { name: 'Next in turn', value: people(waiting, 'No hand is raised.') },
        {
          name: 'Not yet heard',
          value: people(notYetHeard, 'Everybody here has spoken, had a turn or passed.'),
        },
      ]
    : [];

/** Calm, and in the order of the roster: nobody is first or last. */
const talkField = ({ talk }: StaffView): readonly CardField[] =>
  talk
    ? [
        {
          name: 'Share of what was spoken',
          value:
            talk.map(({ account, percent }) => `${mention(account)} ${percent} %`).join(', ') ||
            'Nobody has spoken yet.',
        },
      ]
    : [];

const checkInLines = ({ checkIns }: StaffView): readonly string[] =>
  checkIns.map(({ account, arrival }) =>
    arrival ? `${mention(account)}: ${arrivalLine(arrival)}` : `${mention(account)}: checked in`,
  );

const fieldsOf = (session: StaffView): readonly CardField[] => [
  { name: 'In the voice room', value: people(session.here, 'Nobody of the group yet.') },
  ...linesUnder('Held in this session', session.holds ? holdLines(session.holds) : []),
  ...turns(session),
  ...talkField(session),
  ...linesUnder('Check-ins', checkInLines(session)),
  ...linesUnder('What they take with them', takeAwayLines(session.takeAways)),
];

const timeOf = ({ plannedEndAt }: StaffView): string =>
  plannedEndAt
    ? `Planned until ${moment(plannedEndAt, 't')}, ${moment(plannedEndAt, 'R')}. Nothing moves on by itself.`
    : 'The session is **paused**. The minutes that were left are kept.';

const sessionText = (session: StaffView): string =>
  [
    `Session ${session.number}: **${phaseTitle(session.phase)}** (part ${session.step + 1} of ${session.steps})`,
    ...(session.material ? [`Topic: ${literal(session.material.title)}`] : []),
    timeOf(session),
    ...(session.encryption ? [line(session.encryption, 'staff')] : []),
  ].join('\n');

const ended = ({ last }: StaffPanel): string =>
  last
    ? `Session ${last.number} ended at ${moment(last.endedAt, 't')} on ${moment(last.endedAt, 'D')}, and its attendance is kept${last.attested ? ' and attested' : ', to be looked at and attested'}.\n`
    : '';

const ahead = ({ next }: StaffPanel): string =>
  next ? `\nThe next one is planned for ${fullTime(next.startsAt)}.` : '';

const idleText = (panel: StaffPanel): string =>
  panel.cohortState === 'archived'
    ? `${ended(panel)}This group is archived. Its rooms stay readable for you.`
    : `${ended(panel)}No session is open. When you are ready, press **Open the next session**, or choose a topic with \`/session open\`.${ahead(panel)}`;

const roster = ({ unsigned, awaited = [], enrolled }: StaffPanel): readonly CardField[] => [
  { name: 'On the roster', value: counted(enrolled, 'person', 'people') },
  ...(unsigned.length > 0 ? [{ name: 'Not signed now', value: people(unsigned, '') }] : []),
  ...(awaited.length > 0
    ? [{ name: 'Signed, and come in when everybody else has', value: people(awaited, '') }]
    : []),
];

const attendanceActions = ({ number, attested }: NonNullable<StaffPanel['last']>): readonly Action[] => {
  const given = { session: String(number) };
  return [
    { label: 'See attendance', command: 'attendance show', given },
    ...(attested ? [] : [{ label: 'Attest attendance', command: 'attendance attest', given }]),
  ];
};

const idleActions = ({ cohortState, last }: StaffPanel): readonly (readonly Action[])[] => [
  [
    ...(cohortState === 'archived'
      ? []
      : [{ label: 'Open the next session', command: 'session open', style: 'primary' as const }]),
    ...(last ? attendanceActions(last) : []),
  ],
];

/** Characters that all intentions together may take, so that the panel holds them beside everything else. */
const MOST_INTENDED = 2_000;

/** What somebody wrote, in one line of at most so many characters, escaped. */
const inOneLine = (written: string, most: number): string => {
  const plain = visible(written).replace(/\s+/g, ' ').trim();
  for (let kept = Math.min(plain.length, most); kept > 1; kept -= 8) {
    const shown = literal(clip(plain, kept));
    if (shown.length <= most) return shown;
  }
  return '…';
};

const intentionLines = ({ intentions }: NextMeeting): readonly string[] => {
  const most = Math.floor(MOST_INTENDED / Math.max(intentions.length, 4));
  return intentions.map(
    ({ account, intention }) => `${mention(account)}: ${inOneLine(open(intention), most)}`,
  );
};

const nextFields = (next: NextMeeting): readonly CardField[] => [
  { name: 'Cannot come', value: people(next.notComing, 'Nobody has said so.') },
  { name: 'To be done', value: counted(next.openTasks, 'task is open', 'tasks are open') },
  ...linesUnder('What they intended, told to you by choice', intentionLines(next)),
];

const idleFields = ({ last, next }: StaffPanel): readonly CardField[] => [
  ...(next ? nextFields(next) : []),
  ...linesUnder('What they took with them', takeAwayLines(last?.takeAways ?? [])),
];

const alertFields = ({ alerts = [] }: StaffPanel): readonly CardField[] =>
  linesUnder('Alerts that are not closed', alerts.map(inList));

const alertActions = ({ alerts = [] }: StaffPanel): readonly (readonly Action[])[] =>
  alerts.length > 0 ? [[{ label: 'See the alerts', command: 'alert list', style: 'primary' }]] : [];

/** The panel, with or without a session; its title stays the same. */
export const staffPanel = (panel: StaffPanel): Card => ({
  title: `Facilitators: ${literal(panel.cohortName)}`,
  text: panel.session ? sessionText(panel.session) : idleText(panel),
  fields: [
    ...alertFields(panel),
    ...(panel.places ? [placeField(panel.places)] : []),
    ...(panel.session ? fieldsOf(panel.session) : idleFields(panel)),
    ...roster(panel),
  ],
  actions: [
    ...(panel.session ? controls(panel.session) : idleActions(panel)).filter((row) => row.length > 0),
    ...(panel.onPages && (panel.session || panel.last) ? [[READ]] : []),
    ...alertActions(panel),
  ],
});
