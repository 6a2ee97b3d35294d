/** Who somebody is to a cohort, and what that lets them do. */
import type { Cohort } from './cohort.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Refusal } from './refusal.ts';

/**
 * - `outsider`: nothing to this cohort, and told nothing about it, not even that it is there
 * - `enrolled`: on the roster, without a signature that holds now
 * - `participant`: on the roster, and signed
 * - `therapist`: the named therapist of somebody on the roster, or has an open task of the cohort
 * - `supervisor`: told of what the therapists should not carry alone
 * - `admin`: may manage the server; is no part of the group
 * - `break-glass`: an admin who has opened what staff may see of it in an emergency, for an hour
 *
 * Therapists and supervisors who are nothing else reach their own tasks, and nothing of the group.
 */
export type Standing =
  | 'outsider'
  | 'enrolled'
  | 'participant'
  | 'therapist'
  | 'supervisor'
  | 'co-facilitator'
  | 'lead'
  | 'admin'
  | 'break-glass';

/** One person may be several things: an admin who also leads a group. None, where no cohort is concerned. */
export type Standings = ReadonlySet<Standing>;

export const STAFF: readonly Standing[] = ['lead', 'co-facilitator'];
export const HELPERS: readonly Standing[] = ['therapist', 'supervisor'];
/** Whoever looks after people, or may in an emergency. */
export const LOOKING_AFTER: readonly Standing[] = [...STAFF, ...HELPERS, 'admin', 'break-glass'];
/** Those who may know what the group has: its topics, and when it meets. */
export const INSIDE: readonly Standing[] = ['enrolled', 'participant', ...STAFF, 'admin'];
/** Whoever may arrange times of their own with somebody; with whom, each use decides. */
export const CARING: readonly Standing[] = [...STAFF, 'therapist'];
export const GROUP: readonly Standing[] = ['participant', 'co-facilitator', 'lead'];

export interface Known {
  readonly account: string;
  /** May manage the server, by Discord's own word in this very request. */
  readonly admin: boolean;
}

/** What somebody is to a cohort, given whether they are on its roster and have signed, and whether they treat somebody. */
export const standingsIn = (
  person: Known,
  cohort: Pick<Cohort, 'lead' | 'coFacilitator' | 'supervisor'>,
  roster: 'absent' | 'enrolled' | 'signed',
  treats = false,
): Standings => {
  const standings = new Set<Standing>();
  if (person.admin) standings.add('admin');
  if (cohort.lead.account === person.account) standings.add('lead');
  if (cohort.coFacilitator.account === person.account) standings.add('co-facilitator');
  if (cohort.supervisor?.account === person.account) standings.add('supervisor');
  if (treats) standings.add('therapist');
  if (roster === 'signed') standings.add('participant');
  if (roster === 'enrolled') standings.add('enrolled');
  return standings.size > 0 ? standings : new Set<Standing>(['outsider']);
};

const wording = (allowed: readonly Standing[], is: Standings): Refusal => {
  if (is.has('enrolled') && allowed.includes('participant')) return { code: 'sign-first' };
  if (is.has('outsider')) return { code: 'no-group-here' };
  if (is.has('admin') && allowed.includes('break-glass')) return { code: 'break-glass-first' };
  if (allowed.every((standing) => standing === 'admin')) return { code: 'admins-only' };
  if (allowed.every((standing) => LOOKING_AFTER.includes(standing))) return { code: 'staff-only' };
  return { code: 'not-for-you' };
};

/** Allowed when the person is at least one of those named. */
export const mayAct = (allowed: readonly Standing[], is: Standings): Outcome<null> =>
  allowed.some((standing) => is.has(standing)) ? allow(null) : refuse(wording(allowed, is));

const BY_POWER: readonly Standing[] = [
  'lead',
  'co-facilitator',
  'break-glass',
  'admin',
  'supervisor',
  'therapist',
  'participant',
  'enrolled',
  'outsider',
];

/** As what somebody does what those named may do: the most that they are of these; else the most that they are. */
export const actingAs = (allowed: readonly Standing[], is: Standings): Standing => {
  const own = BY_POWER.filter((standing) => is.has(standing));
  return own.find((standing) => allowed.includes(standing)) ?? own[0] ?? 'outsider';
};
