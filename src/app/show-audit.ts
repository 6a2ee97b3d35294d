/** Gathers what admins ask to see of the audit of their server. */
import type { AuditAction, AuditPage, AuditRecord } from '../core/audit.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import { after, DAY } from '../core/time.ts';
import type { World } from '../ports/world.ts';
import { cohortNamed } from './locate.ts';

export interface AuditWish {
  readonly guildId: string;
  /** Name of a group, or its id. */
  readonly cohort?: string | undefined;
  readonly account?: string | undefined;
  readonly action?: AuditAction | undefined;
  /** How many days back. */
  readonly days?: number | undefined;
  /** Only entries with lower numbers. */
  readonly before?: number | undefined;
}

const namesOf = async (world: World, records: readonly AuditRecord[]): Promise<AuditPage['cohorts']> => {
  const ids = [...new Set(records.flatMap(({ cohort }) => cohort ?? []))];
  const found = await Promise.all(ids.map((id) => world.store.records.cohorts.byId(id)));
  return new Map(found.flatMap((cohort) => (cohort ? [[cohort.id, cohort.name] as const] : [])));
};

/** The latest entries of the server that are asked for, at most so many; the group that was named, too. */
export const showAudit = async (
  world: World,
  { guildId, cohort: name, account, action, days, before }: AuditWish,
  most: number,
): Promise<Outcome<AuditPage & { readonly cohortId?: string }>> => {
  const cohort = name === undefined ? undefined : await cohortNamed(world, guildId, name);
  if (name !== undefined && cohort?.guildId !== guildId) return refuse({ code: 'no-group-here' });
  const query = {
    guildId,
    ...(cohort && { cohortId: cohort.id }),
    ...(account !== undefined && { account }),
    ...(action !== undefined && { action }),
    ...(days !== undefined && { since: after(world.clock.now(), -days * DAY) }),
    ...(before !== undefined && { before }),
  };
  const found = await world.store.records.audit.page(query, most + 1);
  const records = found.slice(0, most);
  const cohorts = await namesOf(world, records);
  return allow({ records, cohorts, more: found.length > most, ...(cohort && { cohortId: cohort.id }) });
};

/** Entries as a table: codes, and nobody's name or account. */
export const auditTable = ({ csv }: Pick<World, 'csv'>, records: readonly AuditRecord[]): string =>
  csv(
    [
      ...['number', 'at', 'actor', 'role', 'source', 'command'],
      ...['action', 'kind', 'object', 'cohort', 'subject', 'outcome'],
    ],
    records.map((record) => [
      ...[
        record.number,
        record.at.toISOString(),
        record.actor ?? '',
        record.role,
        record.source,
        record.command,
      ],
      ...[record.action, record.kind, record.object ?? '', record.cohort ?? '', record.subject ?? ''],
      record.outcome,
    ]),
  );
