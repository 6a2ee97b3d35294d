/** Recordings and links as they are kept: they come back whole, and lie sealed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cohort } from '../../../src/core/cohort.ts';
import { confidential, open } from '../../../src/core/confidential.ts';
import type { MediaItem } from '../../../src/core/media.ts';
import { runSql } from '../../postgres.ts';
import { aCohort, aSession, aStore, at, id, type Kept, write } from './kept.ts';

const CANARY = 'canary: the voice of our Friday group';
const AUDIO = new Uint8Array([
  ...Buffer.from('OggS canary '),
  ...Array.from({ length: 5_000 }, (_, n) => n % 256),
]);

let kept: Kept;
let cohort: Cohort;
beforeAll(async () => {
  kept = await aStore();
  cohort = await aCohort(kept.store);
});
afterAll(() => kept.store.close());

const itemOf = (number: number): MediaItem => ({
  id: id(),
  cohortId: cohort.id,
  number,
  title: confidential(CANARY),
  alternative: confidential(`${CANARY}, in words`),
  container: 'ogg',
  durationMs: 2_000,
  bytes: AUDIO.length,
  addedBy: 'account',
  addedAt: at(0),
});

const added = async (number: number): Promise<MediaItem> => {
  const item = itemOf(number);
  await write(kept.store, ({ media }) => media.add(item, AUDIO));
  return item;
};

describe('a recording', () => {
  it('comes back as it was kept, its sound to the byte', async () => {
    const item = await added(1);
    const found = await kept.store.records.media.byNumber(cohort.id, 1);
    expect(found).toEqual(item);
    expect(found && [open(found.title), open(found.alternative)]).toEqual([CANARY, `${CANARY}, in words`]);
    expect(await kept.store.records.media.audio(item.id)).toEqual(Buffer.from(AUDIO));
  });

  it('lies sealed: nothing of it can be read, and its bytes open in no other row', async () => {
    const [one, other] = [await added(2), await added(3)];
    const { rows } = await runSql(
      kept.url,
      `SELECT row_to_json(media)::text AS row, encode(sealed_audio, 'escape') AS audio FROM media WHERE id = $1`,
      [one.id],
    );
    expect(rows[0].row).not.toContain('canary');
    expect(rows[0].audio).not.toContain('canary');
    expect(rows[0].audio).toMatch(/^v2\./);
    await runSql(
      kept.url,
      'UPDATE media SET sealed_audio = (SELECT sealed_audio FROM media WHERE id = $1) WHERE id = $2',
      [one.id, other.id],
    );
    await expect(kept.store.records.media.audio(other.id)).rejects.toThrow();
  });

  it('that was tampered with does not open', async () => {
    const { id: mediaId } = await added(4);
    await runSql(
      kept.url,
      'UPDATE media SET sealed_audio = set_byte(sealed_audio, 4000, (get_byte(sealed_audio, 4000) + 1) % 256) WHERE id = $1',
      [mediaId],
    );
    await expect(kept.store.records.media.audio(mediaId)).rejects.toThrow();
  });

  it('that was removed is found nowhere, and its number is never used again', async () => {
    const { id: mediaId } = await added(5);
    await write(kept.store, ({ media }) => media.remove(mediaId, at(1), 'account'));
    const { media } = kept.store.records;
    expect([
      await media.byId(mediaId),
      await media.byNumber(cohort.id, 5),
      await media.audio(mediaId),
    ]).toEqual([undefined, undefined, undefined]);
    expect(await media.lastNumber(cohort.id)).toBe(5);
  });

  it('cannot lose its sound alone', async () => {
    const { id: mediaId } = await added(6);
    await expect(
      runSql(kept.url, 'UPDATE media SET sealed_audio = NULL WHERE id = $1', [mediaId]),
    ).rejects.toThrow('media_removed_check');
  });
});

describe('a link', () => {
  it('comes back with its invitation, and lies sealed', async () => {
    const session = await aSession(kept.store, cohort);
    const link = {
      id: id(),
      cohortId: cohort.id,
      sessionId: session.id,
      address: confidential('https://canary.example.org/film'),
      title: confidential(CANARY),
      sharedBy: 'account',
      sharedAt: at(2),
    };
    await write(kept.store, ({ sharedLinks }) => sharedLinks.put(link));
    const invited = { ...link, invitation: confidential('https://discord.gg/canary') };
    await write(kept.store, ({ sharedLinks }) => sharedLinks.put(invited));
    const found = await kept.store.records.sharedLinks.lastOf(session.id);
    expect(found?.invitation && open(found.invitation)).toBe('https://discord.gg/canary');
    expect(found && open(found.address)).toBe('https://canary.example.org/film');
    const { rows } = await runSql(kept.url, 'SELECT row_to_json(shared_link)::text AS row FROM shared_link');
    expect(rows[0].row).not.toContain('canary');
  });
});
