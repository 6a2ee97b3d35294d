/** Gathers, for an admin, who gets into the rooms of the groups of a server, and why. */
import type { Cohort } from '../core/cohort.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { CohortAudit, RoomsAudit, ServerAudit, Who } from '../core/room-access.ts';
import type { World } from '../ports/world.ts';
import { auditCohort } from './audit-cohort.ts';

const NOTHING: Omit<RoomsAudit, 'rooms'> = {
  hearth: { administrator: false, missing: [], more: [] },
  risks: [],
};

/** Every group of the server and every one that has ended whose rooms stand, from what its rooms say: without a call for each person. */
export const auditServer = async (world: World, guildId: string): Promise<ServerAudit> => {
  const cohorts: CohortAudit[] = [];
  for (const cohort of await world.store.records.cohorts.everOfGuild(guildId)) {
    const audit = await auditCohort(world, cohort, false);
    if (audit && (cohort.state === 'active' || audit.rooms.length > 0)) cohorts.push(audit);
  }
  const { hearth, risks } = cohorts[0] ?? (await world.rooms.auditOf(guildId, [], false)) ?? NOTHING;
  return { hearth, risks, cohorts };
};

/** Of two with one name, the one that has not ended. */
const meant = (cohorts: readonly Cohort[], named: string): Cohort | undefined =>
  cohorts.find(({ id, name }) => id === named || name.toLowerCase() === named.trim().toLowerCase());

/** One group of the server, by its name or id, with what roles lend each person in its rooms. */
export const auditGroup = async (
  world: World,
  guildId: string,
  named: string,
): Promise<Outcome<CohortAudit>> => {
  const cohort = meant(await world.store.records.cohorts.everOfGuild(guildId), named);
  const audit = cohort && (await auditCohort(world, cohort, true));
  return audit ? allow(audit) : refuse({ code: 'no-group-here' });
};

const whoCells = (who: Who): readonly (string | number)[] => {
  switch (who.kind) {
    case 'role':
      return [who.kind, who.id, who.name, who.bearers ?? ''];
    case 'bot':
      return [who.kind, who.account, who.name, ''];
    case 'person':
      return [who.kind, who.account, '', ''];
    default:
      return [who.kind, '', '', ''];
  }
};

/** Everything as a table: a line for everybody who gets into a room, in codes. */
export const accessTable = ({ csv }: Pick<World, 'csv'>, cohorts: readonly CohortAudit[]): string =>
  csv(
    [
      ...['group', 'room', 'number', 'channel'],
      ...['who', 'id', 'name', 'bearers', 'may', 'not_denied', 'why', 'verdict'],
    ],
    cohorts.flatMap(({ cohort, rooms }) =>
      rooms.flatMap(({ kind, number, channelId, access }) =>
        access.map(({ who, may, leaks, why, verdict }) => [
          ...[cohort.name, kind, number ?? '', channelId],
          ...whoCells(who),
          ...[may.join(' '), leaks.join(' ')],
          why.map((each) => ('role' in each ? `${each.by} ${each.role}` : each.by)).join('; '),
          verdict,
        ]),
      ),
    ),
  );
