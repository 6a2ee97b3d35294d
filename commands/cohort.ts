/** `/cohort`: an admin makes a group, fills its roster and ends it. */
import { z } from 'zod';
import { archivable, archiveCohort } from '../src/app/archive-cohort.ts';
import { createCohort } from '../src/app/create-cohort.ts';
import { dischargeable, dischargeMember } from '../src/app/discharge-member.ts';
import { enrolMember } from '../src/app/enrol-member.ts';
import { healCohort } from '../src/app/heal-cohort.ts';
import { nameSupervisor, nameTherapist, setPolicy } from '../src/app/set-policy.ts';
import { showCohort } from '../src/app/show-cohort.ts';
import { transferable, transferMember } from '../src/app/transfer-member.ts';
import {
  type CohortCall,
  type CommandGroup,
  cohortCommand,
  type Reply,
  type Request,
  serverCommand,
} from '../src/command.ts';
import { GROUP_TYPES, SESSION_MINUTES, type SessionMinutes } from '../src/core/agenda.ts';
import { AUTO_MODERATIONS } from '../src/core/auto-moderation.ts';
import { type Cohort, MOST_PARTICIPANTS, POLICY_LIMITS } from '../src/core/cohort.ts';
import { ENCRYPTION_POLICIES } from '../src/core/encryption.ts';
import { FAREWELLS } from '../src/core/farewell.ts';
import { REMINDERS } from '../src/core/milestone.ts';
import { allow, type Outcome, refuse } from '../src/core/outcome.ts';
import { ANSWER_PLACES } from '../src/core/private-answers.ts';
import { account, carried, choice, choices, type Input, text, whole } from '../src/option.ts';
import type { Card } from '../src/words/card.ts';
import { GROUP_TYPE_NAMES, SESSION_LENGTHS, YES_OR_NO } from '../src/words/en/cohort.ts';
import { FAREWELL_NAMES, GOODBYE_CODES, goodbyeOf } from '../src/words/en/farewell.ts';
import { en } from '../src/words/en/index.ts';
import { ANSWER_PLACE_CHOICES, ENCRYPTION_CHOICES, REMINDER_CHOICES } from '../src/words/en/policy.ts';

const tell = (card: Card): Outcome<Reply> => allow({ kind: 'tell', card });

const candidate = (request: Request, named: string) => ({
  account: named,
  bot: request.accounts[named]?.bot ?? false,
});

/** Carried by the button that asks once more. */
const sure = carried(z.literal('yes')).optional();

const whichCohort = text('Name of the group', 1, 40, 'cohort');

const minutesOf = (chosen: keyof typeof SESSION_LENGTHS): SessionMinutes =>
  SESSION_MINUTES.find((minutes) => String(minutes) === chosen) ?? 90;

const create = serverCommand({
  name: 'create',
  description: 'Make a group with private rooms',
  who: ['admin'],
  input: z.object({
    name: text('Name of the group: neutral words, no diagnosis', 3, 40),
    type: choice('Kind of group', GROUP_TYPES, GROUP_TYPE_NAMES),
    lead: account('Who leads the group'),
    'co-facilitator': account('Who leads it together with them'),
    capacity: whole('Most people in the group (10 if not given)', 2, MOST_PARTICIPANTS).default(10),
    minutes: choice('Length of a session (90 if not given)', ['60', '75', '90'], SESSION_LENGTHS).default(
      '90',
    ),
    zone: text('Time zone, like Europe/Madrid (Etc/UTC if not given)', 1, 60).default('Etc/UTC'),
    clinical: choice(
      'Is it treatment? Then private answers are given on pages of Hearth’s own (no if not given)',
      ['yes', 'no'],
      YES_OR_NO,
    ).default('no'),
  }),
  run: async ({ world, words, request, input }) => {
    const made = await createCohort(world, {
      guildId: request.guildId,
      name: input.name,
      groupType: input.type,
      capacity: input.capacity,
      sessionMinutes: minutesOf(input.minutes),
      zone: input.zone,
      ...(input.clinical === 'yes' && { clinical: true }),
      lead: candidate(request, input.lead),
      coFacilitator: candidate(request, input['co-facilitator']),
    });
    if (!made.ok) return made;
    const { cohort } = made.value;
    return made.value.made === 'before'
      ? refuse({ code: 'name-taken', name: cohort.name })
      : tell(words.cohort.created(cohort));
  },
});

const enrol = cohortCommand({
  name: 'enrol',
  description: 'Put a person on the roster of a group',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    person: account('Who joins the group'),
    'reopen-consent': choice(
      'If the group has begun: should everybody sign the agreement again?',
      ['yes', 'no'],
      YES_OR_NO,
    ).optional(),
  }),
  run: async ({ world, words, request, cohort, input }) => {
    const enrolled = await enrolMember(world, {
      cohortId: cohort.id,
      newcomer: candidate(request, input.person),
      reopenConsent: input['reopen-consent'] === 'yes',
      by: request.account,
    });
    if (!enrolled.ok) return enrolled;
    return tell(words.cohort.enrolled({ ...enrolled.value, account: input.person }));
  },
});

const discharge = cohortCommand({
  name: 'discharge',
  description: 'Take a person off the roster of a group',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    person: account('Who leaves the group'),
    goodbye: choice('Thank them by direct message? (no if not given)', ['yes', 'no'], YES_OR_NO).optional(),
    line: choice('What the group is told (nothing if not given)', FAREWELLS, FAREWELL_NAMES).optional(),
    sure: carried(z.enum(GOODBYE_CODES)).optional(),
  }),
  run: async ({ world, words, request, cohort, input }) => {
    if (input.sure === undefined) {
      const found = await dischargeable(world.store.records, { cohortId: cohort.id, account: input.person });
      const goodbye = { direct: input.goodbye === 'yes', line: input.line ?? 'none' };
      return found.ok ? tell(words.cohort.discharging(cohort, input.person, goodbye)) : found;
    }
    const discharged = await dischargeMember(world, {
      cohortId: cohort.id,
      account: input.person,
      by: request.account,
      goodbye: goodbyeOf(String(input.sure)),
    });
    if (!discharged.ok) return discharged;
    return tell(words.cohort.discharged({ ...discharged.value, account: input.person }));
  },
});

/** The group of this server that is named, or whose id a button carries. */
const otherGroup = async (
  { world, cohort }: Pick<CohortCall<Input>, 'world' | 'cohort'>,
  { to, id }: { readonly to?: string | undefined; readonly id?: string | undefined },
): Promise<Outcome<Cohort>> => {
  const groups = await world.store.records.cohorts.ofGuild(cohort.guildId);
  const wanted = to?.trim().toLowerCase();
  const found = groups.find((each) =>
    id === undefined ? each.name.toLowerCase() === wanted : each.id === id,
  );
  return found ? allow(found) : refuse({ code: 'no-such-group' });
};

const transfer = cohortCommand({
  name: 'transfer',
  description: 'Move a person from this group to another one',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    person: account('Who changes the group'),
    to: text('Name of the group that they join', 1, 40, 'cohort').optional(),
    'reopen-consent': choice(
      'If that group has begun: should everybody there sign the agreement again?',
      ['yes', 'no'],
      YES_OR_NO,
    ).optional(),
    // The id of the other group, once it is sure: a button holds a hundred characters, and this leaves one of them.
    y: carried(z.string()).optional(),
  }),
  run: async ({ world, words, request, cohort, input }) => {
    const sure = input.y?.toString();
    const other = await otherGroup({ world, cohort }, { to: input.to, id: sure });
    if (!other.ok) return other;
    const wish = {
      from: cohort,
      toId: other.value.id,
      newcomer: candidate(request, input.person),
      // Whoever presses the button has read on its card what it asks of the other group.
      reopenConsent: sure !== undefined || input['reopen-consent'] === 'yes',
      by: request.account,
    };
    if (sure === undefined) {
      const found = await transferable(world.store.records, wish);
      return found.ok ? tell(words.cohort.transferring({ ...found.value, account: input.person })) : found;
    }
    const moved = await transferMember(world, wish);
    return moved.ok ? tell(words.cohort.transferred({ ...moved.value, account: input.person })) : moved;
  },
});

const show = cohortCommand({
  name: 'show',
  description: 'See a group: roster, signatures, rooms',
  who: ['admin', 'lead', 'co-facilitator'],
  input: z.object({ cohort: whichCohort.optional(), again: carried(z.literal('yes')).optional() }),
  run: async ({ world, words, cohort, input }) => {
    if (input.again === undefined) return tell(words.cohort.overview(await showCohort(world, cohort)));
    const healed = await healCohort(world, cohort.id);
    return healed.ok ? tell(words.cohort.healing(cohort)) : healed;
  },
});

/** Settings as options; what is left out is left as it is. */
const limited = (description: string, name: keyof typeof POLICY_LIMITS) =>
  whole(description, POLICY_LIMITS[name].least, POLICY_LIMITS[name].most).optional();

const yesOrNo = (description: string) => choice(description, ['yes', 'no'], YES_OR_NO).optional();

const policyInput = z.object({
  cohort: whichCohort,
  'late-after': limited('Minutes after the start from which on somebody joined later', 'lateAfterMinutes'),
  'partial-below': limited('Per cent of the session below which it counts as a part', 'partialBelowPercent'),
  'hours-per-week': limited('Hours that the programme asks of a week', 'hoursPerWeek'),
  'day-minutes': limited('Minutes from which on a day counts as full', 'dayMinutes'),
  'supervisor-after': limited(
    'Not there how often in a row until the supervisor is told',
    'supervisorAfterNoShows',
  ),
  'lead-patience': limited(
    'Minutes after the start until the co-facilitator is asked',
    'leadPatienceMinutes',
  ),
  reminders: choices(
    'Reminders that are sent',
    [...REMINDERS, 'none'],
    REMINDER_CHOICES,
    REMINDERS.length,
  ).optional(),
  events: yesOrNo('Whether meetings stand among the events of the server'),
  calls: yesOrNo('Whether Hearth comes into the calls of the group, to verify and to play sounds'),
  encryption: choice(
    'What happens while a call is not known to be encrypted with everybody in it',
    ENCRYPTION_POLICIES,
    ENCRYPTION_CHOICES,
  ).optional(),
  chimes: yesOrNo('Whether a soft chime tells that a part of the session begins'),
  'exercise-sounds': yesOrNo('Whether guided exercises sound, and are not only read'),
  'talk-time': yesOrNo('Whether it is counted how long each speaks, for facilitators alone'),
  'private-answers': choice(
    'Where people answer what is theirs alone to tell',
    ANSWER_PLACES,
    ANSWER_PLACE_CHOICES,
  ).optional(),
  'confirm-place': yesOrNo('Whether people say before each session where they are, and whom to call'),
  'auto-moderation': choice(
    'Whether Discord itself stops invitations, many mentions and insults there',
    AUTO_MODERATIONS,
    en.autoModeration.CHOICES,
  ).optional(),
  // Carried by the button under the statement.
  accept: carried(z.string().regex(/^\d{1,3}$/)).optional(),
});

/** Only what was given. */
const defined = <Wish extends object>(
  wish: Wish,
): { [Name in keyof Wish]?: Exclude<Wish[Name], undefined> } =>
  // What is undefined is left out, which is just what the type says.
  Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Wish]?: Exclude<Wish[Name], undefined>;
  };

const isYes = (chosen: 'yes' | 'no' | undefined): boolean | undefined => chosen && chosen === 'yes';

const wishOf = (input: z.infer<typeof policyInput>) => ({
  policy: defined({
    lateAfterMinutes: input['late-after'],
    partialBelowPercent: input['partial-below'],
  }),
  settings: defined({
    hoursPerWeek: input['hours-per-week'],
    dayMinutes: input['day-minutes'],
    supervisorAfterNoShows: input['supervisor-after'],
    leadPatienceMinutes: input['lead-patience'],
    reminders: input.reminders?.filter((reminder) => reminder !== 'none'),
    shownAsEvents: isYes(input.events),
    joinsCalls: isYes(input.calls),
    encryption: input.encryption,
    chimes: isYes(input.chimes),
    exerciseSounds: isYes(input['exercise-sounds']),
    talkTime: isYes(input['talk-time']),
    privateAnswers: input['private-answers'],
    confirmsPlace: isYes(input['confirm-place']),
    autoModeration: input['auto-moderation'],
  }),
});

const policy = cohortCommand({
  name: 'policy',
  description: 'See what holds for a group: attendance, hours, reminders, calls; or change it',
  who: ['admin'],
  input: policyInput,
  run: async ({ world, words, request, cohort, input }) => {
    const wish = wishOf(input);
    const nothing = Object.keys({ ...wish.policy, ...wish.settings }).length === 0;
    const accepts = input.accept === undefined ? undefined : Number(input.accept);
    const asked = { ...wish, by: request.account, accepts };
    const set = nothing ? allow(cohort) : await setPolicy(world, cohort.id, asked);
    return set.ok ? tell(words.policy.policy(set.value, world.pages)) : set;
  },
});

const supervisor = cohortCommand({
  name: 'supervisor',
  description: 'Name the supervisor of a group',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, person: account('Who supervises the group') }),
  run: async ({ world, words, request, cohort, input }) => {
    const named = await nameSupervisor(world, cohort.id, candidate(request, input.person));
    return named.ok ? tell(words.policy.supervisorNamed(named.value, input.person)) : named;
  },
});

const therapist = cohortCommand({
  name: 'therapist',
  description: 'Name the therapist of somebody in a group',
  who: ['admin'],
  input: z.object({
    cohort: whichCohort,
    person: account('Whose therapist'),
    therapist: account('Who is their therapist'),
  }),
  run: async ({ world, words, request, cohort, input }) => {
    const pair = { account: input.person, therapist: candidate(request, input.therapist) };
    const named = await nameTherapist(world, cohort.id, pair);
    const told = { account: input.person, therapist: input.therapist };
    return named.ok ? tell(words.policy.therapistNamed(named.value, told)) : named;
  },
});

const archive = cohortCommand({
  name: 'archive',
  description: 'End a group: its rooms close, what was kept stays kept',
  who: ['admin'],
  input: z.object({ cohort: whichCohort, sure }),
  run: async ({ world, words, cohort, input }) => {
    if (input.sure === undefined) {
      const found = await archivable(world.store.records, cohort.id);
      return found.ok ? tell(words.cohort.archiving(found.value)) : found;
    }
    const archived = await archiveCohort(world, cohort.id);
    return archived.ok ? tell(words.cohort.archived(archived.value)) : archived;
  },
});

export const cohort: CommandGroup = {
  name: 'cohort',
  description: 'Groups of this server: make, fill, see and end them',
  commands: [create, enrol, discharge, transfer, policy, supervisor, therapist, show, archive],
};
