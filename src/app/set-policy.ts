/** Changes what a cohort asks of its people, and who looks after them. */
import { type AgreementsNow, allowedBy } from '../core/agreement.ts';
import { isModerated, MOST_EXEMPT } from '../core/auto-moderation.ts';
import type { AttendancePolicy, Cohort, CohortSettings, Membership } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Person } from '../core/person.ts';
import { STATEMENT_VERSION } from '../core/private-answers.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { agreementNow } from './agreement-now.ts';
import { bringAll } from './bring-all.ts';
import { tellTalkTime } from './tell-talk-time.ts';

export interface PolicyWish {
  readonly policy: Partial<AttendancePolicy>;
  readonly settings: Partial<CohortSettings>;
  /** Account of whoever asks. */
  readonly by: string;
  /** The wording of the statement that they accept with it. */
  readonly accepts?: number | undefined;
}

/** Nothing is counted of which those who sign were not told, and nothing asked that nobody could ever know. */
const isAllowed = (
  { pages }: Pick<World, 'pages'>,
  { holding }: AgreementsNow,
  { settings }: PolicyWish,
  wished: CohortSettings,
): Outcome<null> => {
  if (settings.talkTime && !allowedBy(holding, 'talk-time')) {
    return refuse({ code: 'agreement-does-not-allow' });
  }
  if (wished.encryption === 'refuse' && !wished.joinsCalls) return refuse({ code: 'encryption-needs-calls' });
  return settings.privateAnswers === 'link' && !pages.areSafe
    ? refuse({ code: 'pages-not-safe' })
    : allow(null);
};

/** Whether Discord would take rules for the rooms of the group; it is asked before anything is changed. */
const moderationAllowed = async (
  { store, autoModeration }: World,
  cohortId: string,
  { autoModeration: wished = 'off' }: PolicyWish['settings'],
): Promise<Outcome<null>> => {
  const cohort = wished === 'off' ? undefined : await store.records.cohorts.byId(cohortId);
  if (!cohort) return allow(null);
  const rooms = await store.records.roomRefs.ofCohort(cohortId);
  const prospect = await autoModeration.prospect(
    cohort.guildId,
    rooms.map(({ channelId }) => channelId),
  );
  if (prospect && prospect.missing.length > 0) return refuse({ code: 'rules-need-right' });
  // The room of the staff is exempt, too.
  return prospect && prospect.otherRooms + 1 > MOST_EXEMPT
    ? refuse({ code: 'rules-need-fewer-rooms' })
    : allow(null);
};

/** Before a clinical group answers in Discord, an admin accepts once what that means. */
const acceptStatement = async (
  { ids, clock }: World,
  { answersStatements }: Records,
  { id: cohortId, clinical }: Cohort,
  { settings, by, accepts }: PolicyWish,
): Promise<Outcome<null>> => {
  if (!clinical || settings.privateAnswers !== 'discord') return allow(null);
  const version = STATEMENT_VERSION;
  if (await answersStatements.accepted(cohortId, version)) return allow(null);
  if (accepts !== version) return refuse({ code: 'statement-first', cohortId });
  await answersStatements.add({ id: ids.next(), cohortId, version, by, at: clock.now() });
  return allow(null);
};

/** A group in the middle of its session is told as soon as it is counted there, or is no longer. */
const tellInSession = async (
  world: World,
  records: Records,
  before: Cohort,
  after: Cohort,
): Promise<void> => {
  if (!(await records.sessions.unfinished(after.id))) return;
  await tellTalkTime(world, records, after, world.clock.now(), before.settings);
};

/**
 * Sets what is given, and leaves the rest; sessions that have ended stay as they were counted. Refused with
 * `agreement-does-not-allow` when it would have counted what those who sign were not told of, with
 * `encryption-needs-calls` when nobody could tell whether what it asks for is so, with `pages-not-safe` when others could
 * read along, with `statement-first` until an admin has accepted that a clinical group answers in Discord, and with
 * `rules-need-right` or `rules-need-fewer-rooms` when Discord would not take the rules that are asked for.
 */
export const setPolicy = async (
  world: World,
  cohortId: string,
  wish: PolicyWish,
): Promise<Outcome<Cohort>> => {
  const mayModerate = await moderationAllowed(world, cohortId, wish.settings);
  return mayModerate.ok ? writePolicy(world, cohortId, wish) : mayModerate;
};

const writePolicy = (world: World, cohortId: string, wish: PolicyWish): Promise<Outcome<Cohort>> =>
  world.store.change<Cohort>(async (records) => {
    const found = await activeCohort(records, cohortId);
    if (!found.ok) return found;
    const cohort: Cohort = {
      ...found.value,
      policy: { ...found.value.policy, ...wish.policy },
      settings: { ...found.value.settings, ...wish.settings },
    };
    const allowed = isAllowed(world, await agreementNow(world, records, cohortId), wish, cohort.settings);
    if (!allowed.ok) return allowed;
    const accepted = await acceptStatement(world, records, cohort, wish);
    if (!accepted.ok) return accepted;
    await records.cohorts.save(cohort);
    await tellInSession(world, records, found.value, cohort);
    await bringAll(records, cohortId);
    await records.jobs.enqueue({ name: 'bring-events', cohortId });
    await records.signals.voiceOf(cohortId);
    if (isModerated(found.value) || isModerated(cohort)) {
      await records.jobs.enqueue({ name: 'bring-auto-moderation', cohortId });
    }
    return allow(cohort);
  });

export interface Candidate {
  readonly account: string;
  readonly bot: boolean;
}

interface Helped {
  readonly cohort: Cohort;
  readonly helper: Person;
  readonly roster: readonly Membership[];
}

/** Somebody who may look after people of the group: a person, and none of those who take part in it. */
const helperFor = async (
  records: Records,
  cohortId: string,
  { account, bot }: Candidate,
): Promise<Outcome<Helped>> => {
  const cohort = await activeCohort(records, cohortId);
  if (!cohort.ok) return cohort;
  if (bot) return refuse({ code: 'is-bot' });
  const roster = await records.memberships.roster(cohortId);
  if (roster.some(({ person }) => person.account === account)) return refuse({ code: 'is-member' });
  return allow({ cohort: cohort.value, helper: await records.people.known(account), roster });
};

/** Names the supervisor. */
export const nameSupervisor = (
  world: World,
  cohortId: string,
  candidate: Candidate,
): Promise<Outcome<Cohort>> =>
  world.store.change<Cohort>(async (records) => {
    const found = await helperFor(records, cohortId, candidate);
    if (!found.ok) return found;
    const cohort: Cohort = { ...found.value.cohort, supervisor: found.value.helper };
    await records.cohorts.save(cohort);
    return allow(cohort);
  });

/** Names the therapist of a member; what was opened for the one before stays theirs. */
export const nameTherapist = (
  world: World,
  cohortId: string,
  { account, therapist }: { readonly account: string; readonly therapist: Candidate },
): Promise<Outcome<Cohort>> =>
  world.store.change<Cohort>(async (records) => {
    const found = await helperFor(records, cohortId, therapist);
    if (!found.ok) return found;
    const { cohort, helper, roster } = found.value;
    const member = roster.find(({ person }) => person.account === account);
    if (!member) return refuse({ code: 'not-enrolled' });
    await records.memberships.assign(member.id, helper.id === cohort.lead.id ? undefined : helper);
    return allow(cohort);
  });
