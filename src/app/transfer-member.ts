/** Moves somebody from one cohort to another of the same server, in one change: all of it, or nothing. */
import type { Cohort } from '../core/cohort.ts';
import { NO_GOODBYE } from '../core/farewell.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { dischargeable, dischargeIn } from './discharge-member.ts';
import { type Enrolled, type EnrolmentRequest, enrolIn, enrollable } from './enrol-member.ts';

export interface TransferRequest {
  readonly from: Pick<Cohort, 'id' | 'guildId'>;
  readonly toId: string;
  readonly newcomer: EnrolmentRequest['newcomer'];
  readonly reopenConsent: boolean;
  /** Account of the admin. */
  readonly by: string;
}

export interface Transferred {
  readonly from: Cohort;
  readonly to: Enrolled;
  /** How many wait for the place that is free now. */
  readonly waiting: number;
}

const onThisServer = async (
  records: Records,
  { from, toId }: Pick<TransferRequest, 'from' | 'toId'>,
): Promise<Outcome<null>> => {
  if (toId === from.id) return refuse({ code: 'same-group' });
  const to = await activeCohort(records, toId);
  if (!to.ok) return to;
  return to.value.guildId === from.guildId ? allow(null) : refuse({ code: 'no-such-group' });
};

const enrolment = ({ toId, newcomer, reopenConsent, by }: TransferRequest): EnrolmentRequest => ({
  cohortId: toId,
  newcomer,
  reopenConsent,
  by,
});

/** What it would come to; nothing is changed. */
export const transferable = async (
  records: Records,
  request: TransferRequest,
): Promise<Outcome<Omit<Transferred, 'waiting'>>> => {
  const { from, newcomer } = request;
  const here = await onThisServer(records, request);
  if (!here.ok) return here;
  const leaving = await dischargeable(records, { cohortId: from.id, account: newcomer.account });
  if (!leaving.ok) return leaving;
  const to = await enrollable(records, enrolment(request));
  return to.ok ? allow({ from: leaving.value.cohort, to: to.value }) : to;
};

/** Discharges here and enrols there; nothing of what they wrote goes with them. */
export const transferMember = (world: World, request: TransferRequest): Promise<Outcome<Transferred>> =>
  world.store.change<Transferred>(async (records) => {
    const { from, newcomer, by } = request;
    const here = await onThisServer(records, request);
    if (!here.ok) return here;
    const left = await dischargeIn(world, records, {
      ...{ cohortId: from.id, account: newcomer.account, by },
      goodbye: NO_GOODBYE,
    });
    if (!left.ok) return left;
    const to = await enrolIn(world, records, enrolment(request));
    return to.ok ? allow({ from: left.value.cohort, to: to.value, waiting: left.value.waiting }) : to;
  });
