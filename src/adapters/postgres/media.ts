/** Keeps audio that programmes own: what it is, and the sound itself, sealed. */
import { confidential, open } from '../../core/confidential.ts';
import { CONTAINERS, type MediaItem } from '../../core/media.ts';
import type { Media } from '../../ports/store.ts';
import { given, oneOf } from './columns.ts';
import { expectWritten } from './conflict.ts';
import type { Media as MediaRow } from './generated/client.ts';
import type { Sealing, Spot } from './sealing.ts';
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

const itemOf = (sealing: Sealing, row: Looked): MediaItem => ({
  id: row.id,
  cohortId: row.cohortId,
  number: row.number,
  title: confidential(sealing.unseal(given(row.sealedTitle), spot('sealed_title', row.id))),
  alternative: confidential(sealing.unseal(given(row.sealedAlternative), spot('sealed_alternative', row.id))),
  container: oneOf(CONTAINERS, row.container),
  durationMs: row.durationMs,
  bytes: row.bytes,
  addedBy: row.addedBy,
  addedAt: row.addedAt,
});

const add = async (tx: Transaction, sealing: Sealing, item: MediaItem, audio: Uint8Array): Promise<void> => {
  const { title, alternative, ...columns } = item;
  await tx.media.create({
    data: {
      ...columns,
      sealedTitle: sealing.seal(open(title), spot('sealed_title', item.id)),
      sealedAlternative: sealing.seal(open(alternative), spot('sealed_alternative', item.id)),
      sealedAudio: sealing.sealBytes(audio, spot('sealed_audio', item.id)),
    },
  });
};

/** Media, in a transaction. */
export const mediaIn = (tx: Transaction, sealing: Sealing): Media => ({
  ofCohort: async (cohortId) => {
    const where = { ...KEPT, cohortId };
    const rows = await tx.media.findMany({ ...LOOKING, where, orderBy: { number: 'asc' } });
    return rows.map((row) => itemOf(sealing, row));
  },
  byId: async (id) => {
    const row = await tx.media.findUnique({ ...LOOKING, where: { ...KEPT, id } });
    return row ? itemOf(sealing, row) : undefined;
  },
  byNumber: async (cohortId, number) => {
    const where = { ...KEPT, cohortId_number: { cohortId, number } };
    const row = await tx.media.findUnique({ ...LOOKING, where });
    return row ? itemOf(sealing, row) : undefined;
  },
  lastNumber: async (cohortId) => {
    const last = await tx.media.aggregate({ where: { cohortId }, _max: { number: true } });
    return last._max.number ?? 0;
  },
  audio: async (id) => {
    const row = await tx.media.findUnique({ where: { ...KEPT, id }, select: { sealedAudio: true } });
    return row ? sealing.unsealBytes(given(row.sealedAudio), spot('sealed_audio', id)) : undefined;
  },
  add: (item, audio) => add(tx, sealing, item, audio),
  remove: async (id, at, by) => {
    const nothing = { sealedTitle: null, sealedAlternative: null, sealedAudio: null };
    const data = { ...nothing, removedAt: at, removedBy: by };
    expectWritten(await tx.media.updateMany({ where: { ...KEPT, id }, data }));
  },
});
