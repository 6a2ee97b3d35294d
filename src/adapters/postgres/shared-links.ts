/** Keeps links that were shown to groups, sealed. */
import { confidential, open } from '../../core/confidential.ts';
import type { SharedLink } from '../../core/link.ts';
import type { SharedLinks } from '../../ports/store.ts';
import type { SharedLink as LinkRow } from './generated/client.ts';
import { type Opener, ofCohort, type Sealer, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

type Column = 'sealed_address' | 'sealed_title' | 'sealed_alternative' | 'sealed_invitation';

const spot = (column: Column, rowId: string): Spot => ({ table: 'shared_link', column, rowId });

const linkOf = (row: LinkRow, opener: Opener): SharedLink => {
  const unsealed = (sealed: string, column: Column) =>
    confidential(opener.unseal(sealed, spot(column, row.id)));
  const { sealedAlternative, sealedInvitation } = row;
  return {
    id: row.id,
    cohortId: row.cohortId,
    sessionId: row.sessionId,
    address: unsealed(row.sealedAddress, 'sealed_address'),
    title: unsealed(row.sealedTitle, 'sealed_title'),
    ...(sealedAlternative !== null && { alternative: unsealed(sealedAlternative, 'sealed_alternative') }),
    ...(sealedInvitation !== null && { invitation: unsealed(sealedInvitation, 'sealed_invitation') }),
    sharedBy: row.sharedBy,
    sharedAt: row.sharedAt,
  };
};

const rowOf = (link: SharedLink, sealer: Sealer): LinkRow => {
  const { address, title, alternative, invitation, ...columns } = link;
  const sealed = (value: SharedLink['title'], column: Column) =>
    sealer.seal(open(value), spot(column, link.id));
  return {
    ...columns,
    sealedAddress: sealed(address, 'sealed_address'),
    sealedTitle: sealed(title, 'sealed_title'),
    sealedAlternative: alternative ? sealed(alternative, 'sealed_alternative') : null,
    sealedInvitation: invitation ? sealed(invitation, 'sealed_invitation') : null,
  };
};

/** Shared links, in a transaction. */
export const sharedLinksIn = (tx: Transaction, sealing: Sealing): SharedLinks => ({
  lastOf: async (sessionId) => {
    const row = await tx.sharedLink.findFirst({
      where: { sessionId },
      orderBy: [{ sharedAt: 'desc' }, { id: 'desc' }],
    });
    const [link] = await sealing.openAll([row], ({ cohortId }) => ofCohort(cohortId), linkOf);
    return link;
  },
  put: async (link) => {
    const row = await sealing.sealFor(ofCohort(link.cohortId), (sealer) => rowOf(link, sealer));
    await tx.sharedLink.upsert({ where: { id: row.id }, create: row, update: row });
  },
});
