/** Keeps whose crisis lines people are shown, and what admins have put in the place of some. */
import { z } from 'zod';
import type { OwnLines } from '../../core/crisis-line.ts';
import type { CrisisLineRecords } from '../../ports/store.ts';
import { toJson } from './columns.ts';
import type { CrisisLine as LineRow } from './generated/client.ts';
import type { Transaction } from './transaction.ts';

const Lines = z.array(
  z.object({ name: z.string(), call: z.string().exactOptional(), text: z.string().exactOptional() }),
);

/** What a row puts in the place of an entry. */
export const ownLinesOf = ({ country, emergency, lines, verifiedOn }: LineRow): OwnLines => ({
  country,
  emergency,
  lines: Lines.parse(lines),
  verifiedOn,
});

/** Crisis lines, in a transaction. */
export const crisisLinesIn = (tx: Transaction): CrisisLineRecords => ({
  chooseCountry: async (personId, country) => {
    if (country === undefined) {
      await tx.countryChoice.deleteMany({ where: { personId } });
      return;
    }
    await tx.countryChoice.upsert({
      where: { personId },
      create: { personId, country },
      update: { country },
    });
  },
  countryOf: async (personId) =>
    (await tx.countryChoice.findUnique({ where: { personId } }))?.country ?? undefined,
  ofServer: async (serverId) => {
    const rows = await tx.crisisLine.findMany({ where: { serverId }, orderBy: { country: 'asc' } });
    return rows.map(ownLinesOf);
  },
  inUse: async () => {
    const rows = await tx.$queryRaw<{ server: string; countries: string[] }[]>`
      SELECT server, array_agg(DISTINCT country ORDER BY country) AS countries FROM (
        SELECT c.server_id AS server, chosen.country FROM country_choice chosen
          JOIN membership m ON m.person_id = chosen.person_id AND m.discharged_at IS NULL
          JOIN cohort c ON c.id = m.cohort_id AND c.state = 'active'
        UNION SELECT server_id, country FROM crisis_line
      ) AS used GROUP BY server ORDER BY server`;
    return new Map(rows.map(({ server, countries }) => [server, countries]));
  },
  put: async (serverId, { country, emergency, lines, verifiedOn }, setBy) => {
    const entry = { emergency, lines: toJson(lines), verifiedOn, setBy };
    await tx.server.createMany({ data: { id: serverId }, skipDuplicates: true });
    await tx.crisisLine.upsert({
      where: { serverId_country: { serverId, country } },
      create: { serverId, country, ...entry },
      update: entry,
    });
  },
  remove: async (serverId, country) => {
    await tx.crisisLine.deleteMany({ where: { serverId, country } });
  },
});
