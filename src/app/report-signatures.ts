/** Reports who has signed which version of the agreement when, for admins. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { type SignatureLine, signatureLines } from '../core/signature-report.ts';
import type { World } from '../ports/world.ts';
import { requiredNow } from './agreement-now.ts';

/** Of all cycles, or of one of them; refused where there is none of that number. */
export const reportSignatures = async (
  world: World,
  cohort: Cohort,
  number: number | undefined,
): Promise<Outcome<readonly SignatureLine[]>> => {
  const { memberships, signatures, cycles } = world.store.records;
  const all = await cycles.ofCohort(cohort.id);
  if (number !== undefined && !all.some((cycle) => cycle.number === number)) {
    return refuse({ code: 'no-such-cycle' });
  }
  const lines = signatureLines({
    roster: await memberships.rosterSince(cohort.id, new Date(0)),
    signatures: await signatures.history(cohort.id),
    cycles: all,
    codes: await memberships.codes(cohort.id),
    required: await requiredNow(world, world.store.records, cohort),
  });
  return allow(lines.filter(({ cycle }) => number === undefined || cycle === number));
};

/** The report as a table of codes: a line a signature, with nobody's name or account. */
export const signatureTable = ({ csv }: Pick<World, 'csv'>, lines: readonly SignatureLine[]): string =>
  csv(
    [
      ...['code', 'cycle', 'consent_round', 'version', 'sha256', 'language', 'signed_at', 'method'],
      ...['withdrawn_at', 'holds_now', 'left'],
    ],
    lines.map(({ code, cycle, signature, holds, left }) => [
      ...[code, cycle, signature?.consentRound ?? '', signature?.version ?? '', signature?.sha256 ?? ''],
      ...[signature?.locale ?? '', signature?.signedAt.toISOString() ?? '', signature?.method ?? ''],
      ...[signature?.withdrawnAt?.toISOString() ?? '', holds ? 'yes' : 'no', left ? 'yes' : 'no'],
    ]),
  );
