/** What admins and staff are told about a cohort: made, filled, shown, ended. */
import type { GroupType } from '../../core/agenda.ts';
import { type Cohort, sizeNote, USUAL_PARTICIPANTS } from '../../core/cohort.ts';
import type { Goodbye } from '../../core/farewell.ts';
import type { MemberFacts, Overview } from '../../core/overview.ts';
import type { Action, Card, CardField } from '../card.ts';
import { literal, mention, moment, room } from '../markup.ts';
import { cycleLine } from './cycle.ts';
import { farewellFields, goodbyeCode } from './farewell.ts';
import { counted, listed } from './list.ts';
import { linesUnder } from './people.ts';

/** Kinds of groups, as they are chosen. */
export const GROUP_TYPE_NAMES: Readonly<Record<GroupType, string>> = {
  psychoeducation: 'Psychoeducation',
  process: 'Process',
  skills: 'Skills',
  support: 'Support',
};

/** Planned lengths of a session, as they are chosen. */
export const SESSION_LENGTHS = { '60': '60 minutes', '75': '75 minutes', '90': '90 minutes' } as const;

export const YES_OR_NO = { yes: 'Yes', no: 'No' } as const;

const bold = (cohort: Cohort): string => `**${literal(cohort.name)}**`;

const usual = `${USUAL_PARTICIPANTS.fewest} to ${USUAL_PARTICIPANTS.most}`;
const SIZE_NOTES = {
  small: `This is a small group. That works, though ${usual} people are usual.`,
  usual: undefined,
  large: `This is a large group. That works, though ${usual} people are usual, and it leaves less time for each.`,
} as const;

const facilitators = ({ lead, coFacilitator, supervisor }: Cohort): CardField => ({
  name: 'Facilitators',
  value: [
    `${mention(lead.account)} leads, ${mention(coFacilitator.account)} co-facilitates`,
    ...(supervisor ? [`${mention(supervisor.account)} supervises`] : []),
  ].join('\n'),
});

const therapists: CardField = {
  name: 'Therapists',
  value: 'The lead is the therapist of everybody, unless `/cohort therapist` names another.',
};

const frame = (cohort: Cohort): CardField => ({
  name: 'Sessions',
  value: [
    GROUP_TYPE_NAMES[cohort.groupType],
    SESSION_LENGTHS[cohort.sessionMinutes],
    `times in ${cohort.zone}`,
  ].join(', '),
});

const paragraphs = (...texts: readonly (string | undefined)[]): string =>
  texts.filter((text) => text !== undefined).join('\n\n');

/** A new cohort, whose rooms are on their way. */
export const created = (cohort: Cohort): Card => ({
  title: 'The group is made',
  text: paragraphs(
    `${bold(cohort)} holds up to ${cohort.capacity} people. Its rooms are being made now: a welcome room, a group room and a voice room for the group and its facilitators, and a staff room for the facilitators alone. Nobody else sees them, apart from the owner and administrators of this server, who see every room.`,
    SIZE_NOTES[sizeNote(cohort.capacity)],
    'Next, enrol each person with `/cohort enrol`.',
  ),
  fields: [facilitators(cohort), frame(cohort)],
});

export interface EnrolledFacts {
  readonly cohort: Cohort;
  readonly account: string;
  /** On the roster, with this person. */
  readonly people: number;
  readonly consentReopened: boolean;
}

/** Somebody new on the roster. */
export const enrolled = ({ cohort, account, people, consentReopened }: EnrolledFacts): Card => ({
  text: paragraphs(
    `${mention(account)} is enrolled in ${bold(cohort)}: ${people} of ${cohort.capacity}. They see the welcome room now, and the other rooms once they have signed the agreement there. Please tell them to look for it: Hearth sends them no message.`,
    consentReopened
      ? 'The group had already begun. So everybody is asked to sign the agreement again in the welcome room, and the other rooms are closed to each until they do; to this person they open when all have signed. Please tell them why.'
      : undefined,
    sizeNote(people) === 'large' ? SIZE_NOTES.large : undefined,
  ),
});

const dischargeButton = (
  label: string,
  { id }: Cohort,
  account: string,
  goodbye: Goodbye,
  style: 'primary' | 'danger',
): Action => ({
  label,
  command: 'cohort discharge',
  given: { cohort: id, person: account, sure: goodbyeCode(goodbye) },
  style,
});

/** What is chosen when nothing was: leaving without a word is one way to leave, and not the only one. */
const KIND: Goodbye = { direct: true, line: 'left' };

const dischargeButtons = (cohort: Cohort, account: string, goodbye: Goodbye): readonly Action[] => {
  const asked = goodbye.direct || goodbye.line !== 'none';
  const plain = dischargeButton('Yes, discharge them', cohort, account, goodbye, 'danger');
  return asked ? [plain] : [plain, dischargeButton('Yes, with a goodbye', cohort, account, KIND, 'danger')];
};

/** Asks once more: a group that has begun takes nobody back unless everybody signs again. */
export const discharging = (cohort: Cohort, account: string, goodbye: Goodbye): Card => ({
  title: 'Discharge this person?',
  text: `${mention(account)} would leave ${bold(cohort)}, and its rooms would close to them at once. Once a group has begun, nobody comes back unless everybody signs the agreement again. To keep them, simply leave this.`,
  fields: farewellFields(goodbye),
  actions: [dischargeButtons(cohort, account, goodbye)],
});

export interface DischargedFacts extends Omit<EnrolledFacts, 'consentReopened'> {
  /** How many wait for the place. */
  readonly waiting: number;
}

const nextInLine = ({ id }: Cohort, waiting: number): Pick<Card, 'actions'> =>
  waiting === 0
    ? {}
    : { actions: [[{ label: 'See who is next', command: 'waitlist next', given: { cohort: id } }]] };

const waits = (waiting: number): string =>
  waiting === 0 ? '' : ` ${counted(waiting, 'person waits', 'people wait')} for a place.`;

/** Somebody no longer on the roster. */
export const discharged = ({ cohort, account, people, waiting }: DischargedFacts): Card => ({
  ...nextInLine(cohort, waiting),
  text: `${mention(account)} is no longer in ${bold(cohort)}, and its rooms are being closed to them. What was kept about them stays kept. ${counted(people, 'person remains', 'people remain')} on the roster.${waits(waiting)}`,
});

export interface TransferFacts {
  readonly from: Cohort;
  readonly to: Omit<EnrolledFacts, 'account'>;
  readonly account: string;
}

const KEPT = 'Nothing of what they wrote goes with them: it belongs to the group in which they wrote it.';

/** Asks once more: what leaves a group and what joins another are one act. */
export const transferring = ({ from, to, account }: TransferFacts): Card => ({
  title: 'Move this person to another group?',
  text: paragraphs(
    `${mention(account)} would leave ${bold(from)}, whose rooms close to them at once, and join ${bold(to.cohort)}, whose agreement they sign. ${KEPT}`,
    to.consentReopened
      ? `${bold(to.cohort)} has begun: so everybody there is asked to sign again, its rooms are closed to each until they do, and they open to this person when all have signed.`
      : undefined,
    'To leave them where they are, simply leave this.',
  ),
  actions: [
    [
      {
        label: 'Yes, move them',
        command: 'cohort transfer',
        given: { cohort: from.id, person: account, y: to.cohort.id },
        style: 'danger',
      },
    ],
  ],
});

/** Somebody was moved. */
export const transferred = ({
  from,
  to,
  account,
  waiting,
}: TransferFacts & { readonly waiting: number }): Card => ({
  ...nextInLine(from, waiting),
  text: paragraphs(
    `${mention(account)} left ${bold(from)}, and is enrolled in ${bold(to.cohort)}: ${to.people} of ${to.cohort.capacity}. ${KEPT}${waits(waiting)}`,
    to.consentReopened
      ? 'Everybody there is asked to sign the agreement again in the welcome room. Please tell them why.'
      : 'They sign the agreement in the welcome room there. Please tell them to look for it: Hearth sends them no message.',
  ),
});

/** Asks once more: an archived group is not opened again. */
export const archiving = (cohort: Cohort): Card => ({
  title: 'Archive this group?',
  text: `The rooms of ${bold(cohort)} would close to its members, and its facilitators could only read them. An archived group cannot be opened again. To keep it open, simply leave this.`,
  actions: [
    [
      {
        label: 'Yes, archive it',
        command: 'cohort archive',
        given: { cohort: cohort.id, sure: 'yes' },
        style: 'danger',
      },
    ],
  ],
});

/** A cohort that has ended. */
export const archived = (cohort: Cohort): Card => ({
  text: `${bold(cohort)} is archived. Its rooms are being closed to its members; its facilitators can still read them. Its name is free for a new group.`,
});

/** The rooms are being brought once more. */
export const healing = (cohort: Cohort): Card => ({
  text: `The rooms of ${bold(cohort)} are being brought up to date. \`/cohort show\` tells in a moment whether anything was in the way.`,
});

const therapistNote = ({ therapist }: MemberFacts): string =>
  therapist === undefined ? '' : `, with ${mention(therapist)}`;

const memberLine = (member: MemberFacts): string => {
  const { account, enrolledAt, signedAt } = member;
  const signed = signedAt
    ? `signed on ${moment(signedAt, 'D')}`
    : `enrolled on ${moment(enrolledAt, 'D')}, not signed now`;
  const waits = member.waits ? ', comes in when everybody else has signed' : '';
  return `- ${mention(account)}, ${signed}${therapistNote(member)}${waits}`;
};

const members = ({ cohort, members: people }: Overview): readonly CardField[] =>
  linesUnder(
    `Members: ${people.length} of ${cohort.capacity}`,
    people.length > 0 ? people.map(memberLine) : ['Nobody yet. Enrol people with `/cohort enrol`.'],
  );

const withheld = ({ withheldRights }: Overview): string =>
  withheldRights.length === 0
    ? ''
    : `\nThis server does not give Hearth ${listed(withheldRights.map(literal))}, which the invitation asks for: what Hearth does not hold it cannot deny to others in the rooms either. Please give it these. \`/doctor\` tells more.`;

const standing = (facts: Overview): CardField => {
  const { rooms, missingRights } = facts;
  if (missingRights.length > 0) {
    return {
      name: 'Rooms',
      value: `Hearth could not set up the rooms, because this server does not give it: ${listed(missingRights.map(literal))}. Please give Hearth these rights, then press **Set up the rooms again**.`,
    };
  }
  const channels = [rooms.group, rooms.staff].filter((channel) => channel !== undefined);
  return {
    name: 'Rooms',
    value:
      channels.length > 0
        ? `${listed(channels.map(room))}${withheld(facts)}`
        : 'They are being made. Please look again in a moment.',
  };
};

const SESSION_STATES: Readonly<Record<Overview['session'], string>> = {
  none: 'No session is open.',
  running: 'A session is going on.',
  paused: 'A session is paused.',
};

const state = ({ cohort, session }: Overview): string =>
  cohort.state === 'archived' ? 'This group is archived.' : SESSION_STATES[session];

const undone = ({ failures }: Overview): string | undefined =>
  failures === 0
    ? undefined
    : `${counted(failures, 'thing', 'things')} could not be done for this group. People who manage this server see more with \`/admin failures\`.`;

/** A cohort as it stands, for its staff and for admins. */
export const overview = (facts: Overview): Card => ({
  title: literal(facts.cohort.name),
  text: paragraphs(
    state(facts),
    facts.cycle && cycleLine(facts.cycle, facts.today),
    facts.members.length > 0 ? SIZE_NOTES[sizeNote(facts.members.length)] : undefined,
    undone(facts),
  ),
  fields: [...members(facts), facilitators(facts.cohort), therapists, frame(facts.cohort), standing(facts)],
  actions: [
    [
      {
        label: 'Set up the rooms again',
        command: 'cohort show',
        given: { cohort: facts.cohort.id, again: 'yes' },
        style: 'secondary',
      },
    ],
  ],
  tone:
    [...facts.missingRights, ...facts.withheldRights].length > 0 || facts.failures > 0 ? 'attention' : 'calm',
});
