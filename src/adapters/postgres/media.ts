/** Keeps audio that programmes own: what it is, and the sound itself, sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { CONTAINERS, type MediaItem } from '../../core/media.ts';
import type { Media } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Media as MediaRow } from './generated/client.ts';
import { type Opener, type Owner, ofCohort, type Sealing, type Spot } from './sealing.ts';
import type { Transaction } from './transaction.ts';

/** Everything but the sound, which nobody needs who only looks. */
type Looked = Omit<MediaRow, 'sealedAudio'>;

const LOOKING = { omit: { sealedAudio: true } } as const;
const KEPT = { removedAt: null } as const;

const spot = (column: 'sealed_title' | 'sealed_alternative' | 'sealed_audio', rowId: string): Spot => ({
  table: 'media',
  column,
  rowId,
});

const ownerOf = ({ cohortId }: { readonly cohortId: string }): Owner => ofCohort(cohortId);

const itemOf = (row: Looked, opener: Opener): MediaItem => ({
  id: row.id,
  cohortId: row.cohortId,
  number: row.number,
  title: confidential(opener.unseal(given(row.sealedTitle), spot('sealed_title', row.id))),
  alternative: confidential(opener.unseal(given(row.sealedAlternative), spot('sealed_alternative', row.id))),
  container: oneOf(CONTAINERS, row.container),
  durationMs: row.durationMs,
  bytes: row.bytes,
  addedBy: row.addedBy,
  addedAt: row.addedAt,
});

const add = async (tx: Transaction, sealing: Sealing, item: MediaItem, audio: Uint8Array): Promise<void> => {
  const { title, alternative, ...columns } = item;
  const sealed = await sealing.sealFor(ownerOf(item), ({ seal, sealBytes }) => ({
    sealedTitle: seal(open(title), spot('sealed_title', item.id)),
    sealedAlternative: seal(open(alternative), spot('sealed_alternative', item.id)),
    sealedAudio: sealBytes(audio, spot('sealed_audio', item.id)),
  }));
  await tx.media.create({ data: { ...columns, ...sealed } });
};

/** Media, in a transaction. */
export const mediaIn = (tx: Transaction, sealing: Sealing): Media => ({
  ofCohort: async (cohortId) => {
    const where = { ...KEPT, cohortId };
    const rows = await tx.media.findMany({ ...LOOKING, where, orderBy: { number: 'asc' } });
    return sealing.openAll(rows, ownerOf, itemOf);
  },
  byId: async (id) => {
    const row = await tx.media.findUnique({ ...LOOKING, where: { ...KEPT, id } });
    const [item] = await sealing.openAll([row], ownerOf, itemOf);
    return item;
  },
  byNumber: async (cohortId, number) => {
    const where = { ...KEPT, cohortId_number: { cohortId, number } };
    const row = await tx.media.findUnique({ ...LOOKING, where });
    const [item] = await sealing.openAll([row], ownerOf, itemOf);
    return item;
  },
  lastNumber: async (cohortId) => {
    const last = await tx.media.aggregate({ where: { cohortId }, _max: { number: true } });
    return last._max.number ?? 0;
  },
  audio: async (id) => {
    const select = { cohortId: true, sealedAudio: true };
    const row = await tx.media.findUnique({ where: { ...KEPT, id }, select });
    const [audio] = await sealing.openAll([row], ownerOf, ({ sealedAudio }, { unsealBytes }) =>
      unsealBytes(given(sealedAudio), spot('sealed_audio', id)),
    );
    return audio;
  },
  add: (item, audio) => add(tx, sealing, item, audio),
  remove: async (id, at, by) => {
    const nothing = { sealedTitle: null, sealedAlternative: null, sealedAudio: null };
    const data = { ...nothing, removedAt: at, removedBy: by };
    expectWritten(await tx.media.updateMany({ where: { ...KEPT, id }, data }));
  },
});
