/** The card of a session in the group's room: what is going on, and what each shared with the group. */
import { type Phase, TALKING } from '../../core/agenda.ts';
import type {
  ClosedSessionCard,
  Material,
  OpenSessionCard,
  SessionCard,
  SharedTakeAway,
} from '../../core/board.ts';
import type { Action, Card, CardField } from '../card.ts';
import { literal, mention, moment } from '../markup.ts';
import { arrivalLine } from './check-in.ts';
import { line } from './encryption.ts';
import { linesUnder, people } from './people.ts';
import { PHASE_GUIDES, phaseTitle } from './phase.ts';
import { placeButtons } from './place.ts';
import { TAKE_AWAYS } from './reflect.ts';

const CHECK_IN: readonly Action[] = [
  { label: 'Check in', command: 'check-in', style: 'primary' },
  { label: 'Pass', command: 'check-in', given: { share: 'pass' } },
];
const REFLECT: readonly Action[] = [
  { label: 'Reflect', command: 'reflect', style: 'primary' },
  { label: 'Pass', command: 'reflect', given: { share: 'pass' } },
];
const RAISE: Action = { label: 'Raise hand', command: 'turn raise', style: 'primary' };
const DONE: Action = { label: 'Done speaking', command: 'turn done' };
const WAIT: readonly Action[] = [
  { label: 'Come back to me', command: 'turn later' },
  { label: 'Pass my turn', command: 'turn pass' },
];
/** Whoever comes when the group is talking already arrives, too. */
const LATE: readonly Action[] = [{ label: 'Check in', command: 'check-in' }];

/** Where what was told stands on pages. */
export const READ: Action = { label: 'See what was shared', command: 'session answers' };

const reading = ({ onPages }: Pick<SessionCard, 'onPages'>): readonly (readonly Action[])[] =>
  onPages ? [[READ]] : [];

const ARRIVING: ReadonlySet<Phase> = new Set<Phase>(['welcome', 'check-in', 'grounding']);

const actionsOf = ({ state, phase, speaker, asksPlace }: OpenSessionCard): readonly (readonly Action[])[] => {
  if (state === 'paused') return [];
  if (phase === 'reflection') return [REFLECT];
  const place = asksPlace ? placeButtons(asksPlace) : [];
  if (ARRIVING.has(phase)) return [CHECK_IN, place].filter((row) => row.length > 0);
  return [
    [RAISE, ...(speaker === undefined ? [] : [DONE]), ...WAIT],
    [...LATE, ...place.slice(0, 1)],
  ];
};

/** What of the programme belongs to a phase. */
const materialOf = ({ title, aim, prompts, exercise }: Material, phase: Phase): readonly CardField[] => {
  const topic = { name: `Topic: ${literal(title)}`, value: literal(aim) };
  switch (phase) {
    case 'topic':
    case 'discussion':
      return [
        topic,
        ...linesUnder(
          'To think about',
          prompts.map((prompt) => `- ${literal(prompt)}`),
        ),
      ];
    case 'exercise':
      return [{ name: `Exercise: ${literal(title)}`, value: literal(exercise) }];
    default:
      return [];
  }
};

const turnsOf = ({ phase, speaker, waiting }: OpenSessionCard): readonly CardField[] =>
  TALKING.has(phase)
    ? [
        { name: 'Speaking now', value: people(speaker === undefined ? [] : [speaker], 'Nobody has a turn.') },
        { name: 'Next in turn', value: people(waiting, 'No hand is raised.') },
      ]
    : [];

/** What each takes with them, one line a person. */
export const takeAwayLines = (takeAways: readonly SharedTakeAway[]): readonly string[] =>
  takeAways.map(({ account, takeAway }) => `${mention(account)}: ${TAKE_AWAYS[takeAway]}`);

const toldOf = (card: OpenSessionCard): readonly CardField[] => {
  if (card.phase === 'reflection') {
    return [
      ...linesUnder('Have reflected', card.reflected.length > 0 ? [people(card.reflected, '')] : []),
      ...linesUnder('What we take with us', takeAwayLines(card.takeAways)),
    ];
  }
  const checkedIn = { name: 'Have checked in', value: people(card.checkedIn, 'Nobody yet.') };
  // Once the group talks, nothing on its card may sound as though something were still missing.
  if (!ARRIVING.has(card.phase)) return card.checkedIn.length > 0 ? [checkedIn] : [];
  const arrivals = card.arrivals.map(
    ({ account, arrival }) => `${mention(account)}: ${arrivalLine(arrival)}`,
  );
  return [checkedIn, ...linesUnder('How we arrive', arrivals)];
};

const timeOf = ({ state, plannedEndAt }: OpenSessionCard): string =>
  state === 'paused' || !plannedEndAt
    ? 'The session is **paused**. It goes on when a facilitator resumes it.'
    : `Planned until ${moment(plannedEndAt, 't')}, ${moment(plannedEndAt, 'R')}.`;

const COUNTED =
  'Hearth counts how long each of us speaks in this session, for the facilitators alone, never what is said.';

const callLines = ({ encryption, countsTalk }: OpenSessionCard): readonly string[] => [
  ...(encryption ? [line(encryption, 'group')] : []),
  ...(countsTalk ? [COUNTED] : []),
];

/** Whoever finds that they cannot write or come in reads why, and what they can do all the same. */
const holdLines = ({ isChatHeld, isLocked }: OpenSessionCard): readonly string[] => [
  ...(isChatHeld
    ? [
        'The facilitators have **closed the chat for a while**. You can read it, and every button works as before.',
      ]
    : []),
  ...(isLocked
    ? [
        'The facilitators have **locked the voice room for a while**: whoever was in it may come back into it.',
      ]
    : []),
];

/** At the beginning of each session, in one line. */
const REMINDER = 'What is said here, and who is here, stays here. Nobody records.';

const openCard = (card: OpenSessionCard): Card => ({
  title: `Session ${card.number}`,
  text: [
    `**${phaseTitle(card.phase)}** (part ${card.step + 1} of ${card.steps})`,
    PHASE_GUIDES[card.phase],
    ...(card.phase === 'welcome' ? [REMINDER] : []),
    timeOf(card),
    ...holdLines(card),
    ...callLines(card),
  ].join('\n\n'),
  fields: [
    ...(card.material ? materialOf(card.material, card.phase) : []),
    ...turnsOf(card),
    ...toldOf(card),
  ],
  actions: [...actionsOf(card), ...reading(card)],
});

const closedCard = (card: ClosedSessionCard): Card => ({
  title: `Session ${card.number}`,
  text: [
    `This session ended at ${moment(card.endedAt, 't')}. Thank you for being here. Take care of yourself today.`,
    `Until ${moment(card.answersUntil, 't')} you can still close it for yourself with \`/reflect\`.`,
  ].join('\n\n'),
  fields: linesUnder('What we take with us', takeAwayLines(card.takeAways)),
  ...(card.onPages && { actions: reading(card) }),
});

/** The card of a session, open or ended; its title stays the same. */
export const sessionCard = (card: SessionCard): Card =>
  card.state === 'ended' ? closedCard(card) : openCard(card);
