/** What staff are told of alerts: codes wherever others may read, and more only to whoever may open it. */
import { type Alert, type AlertEvent, type AlertKind, codeOf, type Disposition } from '../../core/alert.ts';
import { open } from '../../core/confidential.ts';
import type { CrisisLines } from '../../core/crisis-line.ts';
import type { AlertTold } from '../../core/notice.ts';
import type { Action, Card, CardField } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, mention, moment } from '../markup.ts';
import { HELP_NOW } from './help-now.ts';
import { linesUnder, quoteUnder } from './people.ts';
import { lookAt } from './place.ts';

/** What came of an alert, as an answer to choose. */
export const OUTCOMES: Readonly<Record<Disposition, string>> = {
  'spoken-with': 'Spoken with',
  'other-help': 'With other help now',
  'emergency-services': 'Emergency services called',
  'not-reached': 'Not reached; followed up as the programme’s plan says',
  'not-needed': 'Nothing was needed',
};

const KINDS: Readonly<Record<AlertKind, string>> = {
  help: 'somebody of the group asks for help',
  contact: 'somebody of the group would like to be contacted',
  report: 'somebody of the group has reported something',
};

const idOf = ({ alertId }: AlertTold): { readonly id: string } => ({ id: alertId });

/** An alert in one line, for a telephone that lies on a table. */
export const alertLine = (told: AlertTold): string =>
  [
    `Alert **${codeOf(idOf(told))}**, ${moment(new Date(told.at), 't')}: ${KINDS[told.what]}.`,
    ...(told.isOutside && told.what === 'help' ? ['Outside of the hours on call.'] : []),
  ].join(' ');

const pressing = (label: string, command: string, code: string, style?: Action['style']): Action => ({
  ...{ label, command, given: { alert: code } },
  ...(style && { style }),
});

/** What can be done with an alert from wherever it is told. */
export const alertButtons = (told: AlertTold): readonly Action[] => {
  const code = codeOf(idOf(told));
  return [
    pressing('Acknowledge', 'alert acknowledge', code, 'primary'),
    pressing('Open it', 'alert view', code),
  ];
};

const stateOf = ({ acknowledged, closed }: Pick<Alert, 'acknowledged' | 'closed'>): string => {
  if (closed) return `closed ${moment(closed.at, 'R')}`;
  return acknowledged ? `${mention(acknowledged.by)} looks after it` : '**nobody has acknowledged it yet**';
};

const often = ({ times }: Pick<Alert, 'times'>): string => (times > 1 ? `, asked ${times} times` : '');

/** An alert in a list: what, since when, how often, and who looks after it. */
export const inList = (
  alert: Pick<Alert, 'id' | 'kind' | 'openedAt' | 'times' | 'acknowledged'> & Pick<Partial<Alert>, 'closed'>,
): string =>
  `- **${codeOf(alert)}**: ${KINDS[alert.kind]}, ${moment(alert.openedAt, 'R')}${often(alert)}; ${stateOf(alert)}`;

/** Characters of a list on a card. */
const MOST = 3_500;

/** The alerts that somebody may open, the newest first. */
export const listed = (alerts: readonly Alert[]): Card => ({
  title: 'Alerts',
  text:
    alerts.length > 0
      ? fitLines(alerts.map(inList), MOST, (count) => `- and ${count} earlier`)
      : 'There is no alert.',
  actions: [
    alerts
      .filter(({ closed }) => !closed)
      .slice(0, 5)
      .map((alert) => pressing(`Open ${codeOf(alert)}`, 'alert view', codeOf(alert))),
  ].filter((row) => row.length > 0),
});

const EVENTS: Readonly<Record<AlertEvent['kind'], string>> = {
  raised: 'asked',
  repeated: 'asked again',
  climbed: 'told to the next',
  unanswered: 'told to everybody, and acknowledged by nobody',
  acknowledged: 'acknowledged',
  viewed: 'opened',
  closed: 'closed',
};

const eventLine = ({ kind, by, at }: AlertEvent): string =>
  `- ${moment(at, 't')} ${EVENTS[kind]}${by === undefined ? '' : ` by ${mention(by)}`}`;

export interface AlertFacts {
  readonly alert: Alert;
  /** Name of its group. */
  readonly group: string;
  readonly events: readonly AlertEvent[];
  /** Of the country that the person has chosen. */
  readonly lines?: CrisisLines;
  /** They have told where they are. */
  readonly hasPlace?: true;
}

/** Of one card: together with everything else they stay within what Discord takes. */
const MOST_WRITTEN = 2_700;
const MOST_NOTED = 1_200;
const MOST_EVENTS = 8;

const endFields = ({ closed }: Alert): readonly CardField[] =>
  closed
    ? [
        {
          name: 'What came of it',
          value: `${OUTCOMES[closed.disposition]}, noted by ${mention(closed.by)}`,
        },
        ...(closed.note ? quoteUnder('Their note', open(closed.note), MOST_NOTED) : []),
      ]
    : [];

/** Characters with their marks: an admin's own lines may be long, and full of them. */
const MOST_NUMBERS = 1_500;

/** Nobody is called any more once it is closed. */
const numbers = ({ alert, lines }: AlertFacts): readonly CardField[] => {
  if (!lines || alert.closed) return [];
  const each = lines.lines.map(({ name, call = '', text = '' }) =>
    literal([name, call, text].filter((part) => part !== '').join(', ')),
  );
  const told = fitLines(
    [`Emergency: **${literal(lines.emergency)}**`, ...each],
    MOST_NUMBERS,
    (count) => `And ${count} more: see \`/crisis-lines list\`.`,
  );
  return linesUnder(`Numbers of the country that they chose (${lines.country})`, told.split('\n'));
};

const actionsOn = ({ alert, hasPlace }: AlertFacts): readonly (readonly Action[])[] => {
  if (alert.closed) return [];
  const code = codeOf(alert);
  const end = pressing('Close it', 'alert close', code);
  const place = hasPlace ? [lookAt(alert.person.account)] : [];
  const first = alert.acknowledged ? [] : [pressing('Acknowledge', 'alert acknowledge', code, 'primary')];
  return [[...first, ...place, end]];
};

/** An alert, for whoever may open it. */
export const shown = (facts: AlertFacts): Card => {
  const { alert, group, events } = facts;
  return {
    title: `Alert ${codeOf(alert)}`,
    text: [
      `${mention(alert.person.account)} of **${literal(group)}**, ${moment(alert.openedAt, 'f')}${often(alert)}: ${KINDS[alert.kind]}.`,
      ...(alert.about ? [`About ${mention(alert.about.account)}.`] : []),
      `Now ${stateOf(alert)}.`,
    ].join('\n'),
    fields: [
      ...(alert.words ? quoteUnder('What they wrote', open(alert.words), MOST_WRITTEN) : []),
      ...endFields(alert),
      ...numbers(facts),
      ...linesUnder('What came to pass', events.map(eventLine).slice(-MOST_EVENTS)),
    ],
    actions: actionsOn(facts),
    tone: alert.closed ? 'calm' : 'attention',
  };
};

/** Somebody would like to be contacted: staff are told. */
export const contactAsked = (): Card => ({
  text: 'Your facilitators are told that you would like to be contacted. Hearth cannot say when they will be in touch. If you need help now, please do not wait for them.',
  actions: [[HELP_NOW]],
});

/** Stands where somebody has just told how they are. */
export const CONTACT_ME: Action = { label: 'I would like staff to contact me', command: 'contact-me' };

const READ_BY = {
  staff:
    'Your report is kept encrypted, and your facilitators are told that there is one. They and the supervisor can read it; whom it is about cannot, and is not told.',
  aboutSupervisor:
    'Your report is kept encrypted, and your facilitators are told that there is one, and can read it. The supervisor, whom it is about, cannot, and is not told.',
  supervisor:
    'Your report is kept encrypted, and the supervisor of your group is told that there is one. Neither facilitator can read it, and neither is told.',
  nobody:
    'Your report is kept encrypted, and neither facilitator can read it. Your group has no supervisor apart from them whom Hearth could tell: people who manage this server see with `/alert list` that there is one, and can open it in an emergency, of which your facilitators are told. Please ask one of them to look.',
} as const;

const readersOf = (
  readers: Alert['readers'],
  hasSupervisor: boolean,
  isAboutSupervisor: boolean,
): keyof typeof READ_BY => {
  if (readers === 'supervisor') return hasSupervisor ? 'supervisor' : 'nobody';
  return isAboutSupervisor ? 'aboutSupervisor' : 'staff';
};

/** A report is kept: who can read it. */
export const reported = ({
  readers,
  hasSupervisor,
  isAboutSupervisor,
}: {
  readonly readers: Alert['readers'];
  readonly hasSupervisor: boolean;
  readonly isAboutSupervisor: boolean;
}): Card => ({
  title: 'Thank you for telling',
  text: READ_BY[readersOf(readers, hasSupervisor, isAboutSupervisor)],
  actions: [[HELP_NOW]],
});
