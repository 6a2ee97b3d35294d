/**
 * Something that staff must see: somebody asks for help, would like to be contacted, or reports a member.
 *
 *   open ──acknowledge──> acknowledged ──close──> closed
 *     └──────────────────────close──────────────────^
 *
 * - While it is open it climbs: who is on call, the other facilitator, the supervisor; then all of them again.
 * - Who asks again adds to the one that is not closed: it counts, and nothing is dropped.
 * - It is closed with what came of it, chosen from a list.
 * - Outside of the people who may open it, it is a code.
 */
import type { Standings } from './access.ts';
import type { Cohort } from './cohort.ts';
import type { Confidential } from './confidential.ts';
import { type Patience, USUAL_PATIENCE } from './on-call.ts';
import { allow, type Outcome, refuse } from './outcome.ts';
import type { Person } from './person.ts';
import { DAY, MINUTE } from './time.ts';

/** `help`: asks for help now; `contact`: would like to be contacted; `report`: tells something about a member. */
export const ALERT_KINDS = ['help', 'contact', 'report'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const DISPOSITIONS = [
  'spoken-with',
  'other-help',
  'emergency-services',
  'not-reached',
  'not-needed',
] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** `supervisor`: it is about a facilitator, and neither facilitator may open it. */
export const ALERT_READERS = ['staff', 'supervisor'] as const;
export type AlertReaders = (typeof ALERT_READERS)[number];

interface By {
  /** Account. */
  readonly by: string;
  readonly at: Date;
}

export interface Alert {
  readonly id: string;
  readonly cohortId: string;
  readonly kind: AlertKind;
  readonly person: Person;
  readonly readers: AlertReaders;
  /** Whom it is about, and what was written of them: a report. */
  readonly about?: Person;
  readonly words?: Confidential<string>;
  readonly openedAt: Date;
  /** Whether nobody was on call then. */
  readonly isOutside: boolean;
  /** How often it was asked, and last when. */
  readonly times: number;
  readonly lastAt: Date;
  /** Index into the ladder: whoever was told last. */
  readonly rung: number;
  /** How often all of the ladder were told, with the round that goes on. */
  readonly round: number;
  readonly acknowledged?: By;
  readonly closed?: By & { readonly disposition: Disposition; readonly note?: Confidential<string> };
  readonly version: number;
}

/** What came to pass with an alert, as it is appended to its record; never who it is of. */
export const ALERT_EVENTS = [
  'raised',
  'repeated',
  'climbed',
  'unanswered',
  'acknowledged',
  'viewed',
  'closed',
] as const;
export interface AlertEvent {
  readonly kind: (typeof ALERT_EVENTS)[number];
  /** Account; missing when Hearth did it. */
  readonly by?: string;
  readonly at: Date;
}

/** How often all of the ladder are told before only the panel tells of it. */
export const MOST_ROUNDS = 3;

const CODE_LENGTH = 5;

/** What it is called wherever others may read: of its id, so that it is known before anything is kept. */
export const codeOf = ({ id }: Pick<Alert, 'id'>): string => `A-${id.slice(-CODE_LENGTH).toUpperCase()}`;

/** Whether that is how somebody may write the code of an alert. */
export const isCode = (alert: Pick<Alert, 'id'>, written: string): boolean =>
  codeOf(alert).replace('-', '') === written.trim().toUpperCase().replace('-', '');

/** What is not urgent waits longer for whoever is told next. */
const UNHURRIED = DAY;

/** Milliseconds until the next is told, when nobody acknowledges it. */
export const patienceFor = (
  { kind, rung }: Pick<Alert, 'kind' | 'rung'>,
  ladder: number,
  patience: Patience = USUAL_PATIENCE,
): number => {
  if (kind !== 'help') return UNHURRIED;
  if (rung >= ladder - 1) return patience.again * MINUTE;
  return (rung === 0 ? patience.second : patience.supervisor) * MINUTE;
};

/** The alert as it climbs: to the next, or to the first again; undefined when it climbs no more. */
export const climbed = (alert: Alert, ladder: number): Alert | undefined => {
  if (alert.acknowledged || alert.closed) return undefined;
  if (alert.rung < ladder - 1) return { ...alert, rung: alert.rung + 1 };
  return alert.round < MOST_ROUNDS ? { ...alert, rung: 0, round: alert.round + 1 } : undefined;
};

/** Asked again. */
export const repeated = (alert: Alert, at: Date): Alert => ({
  ...alert,
  times: alert.times + 1,
  lastAt: at > alert.lastAt ? at : alert.lastAt,
});

/** Somebody looks after it. Whoever was first stays. */
export const acknowledged = (alert: Alert, by: string, at: Date): Outcome<Alert> => {
  if (alert.closed) return refuse({ code: 'alert-is-closed' });
  return allow(alert.acknowledged ? alert : { ...alert, acknowledged: { by, at } });
};

/** It is over, with what came of it. */
export const closed = (alert: Alert, end: NonNullable<Alert['closed']>): Outcome<Alert> =>
  alert.closed ? refuse({ code: 'alert-is-closed' }) : allow({ ...alert, closed: end });

/** Whether somebody may open it. Whom it is about never may. */
export const mayOpen = (
  { readers, about }: Pick<Alert, 'readers' | 'about'>,
  { personId, standings }: { readonly personId: string; readonly standings: Standings },
): boolean => {
  if (about?.id === personId) return false;
  const leads = standings.has('lead') || standings.has('co-facilitator');
  if (standings.has('break-glass')) return true;
  // Who supervises a group that they lead is a facilitator of it: what is about the other one is not for them.
  return readers === 'staff' ? leads || standings.has('supervisor') : standings.has('supervisor') && !leads;
};

/** The supervisor to whom somebody can turn about a facilitator: none, where a facilitator is that themselves. */
export const supervisorApart = ({
  lead,
  coFacilitator,
  supervisor,
}: Pick<Cohort, 'lead' | 'coFacilitator' | 'supervisor'>): Person | undefined =>
  supervisor && [lead.id, coFacilitator.id].includes(supervisor.id) ? undefined : supervisor;

/** Whether somebody may know that there is one: admins may, and open it in an emergency. */
export const mayKnowOf = (
  alert: Pick<Alert, 'readers' | 'about'>,
  asker: { readonly personId: string; readonly standings: Standings },
): boolean => mayOpen(alert, asker) || (asker.standings.has('admin') && alert.about?.id !== asker.personId);

/** Who is told of it, of a whole ladder. */
export const toldOf = (
  { readers, about }: Pick<Alert, 'readers' | 'about'>,
  ladder: readonly Person[],
  supervisor: Person | undefined,
): readonly Person[] =>
  (readers === 'supervisor' ? (supervisor ? [supervisor] : []) : ladder).filter(({ id }) => id !== about?.id);
