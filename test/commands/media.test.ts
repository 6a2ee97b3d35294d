/** Recordings of the programme, and links: kept for one group, played to it by staff, and gone when they are removed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { playNow } from '../../src/app/play-now.ts';
import { confidential } from '../../src/core/confidential.ts';
import { type MediaItem, MOST_BYTES, MOST_MEDIA } from '../../src/core/media.ts';
import { allow } from '../../src/core/outcome.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import type { Card } from '../../src/words/card.ts';
import { wordsFor } from '../../src/words/index.ts';
import { oggOf, tonePackets } from '../adapters/voice/files.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;
const words = wordsFor('en');
const ADDRESS = 'https://cdn.discordapp.com/ephemeral-attachments/1/2/waves.ogg';
const IN_WORDS = 'Waves come and go on a beach; far away, a gull calls twice.';
/** Two seconds. */
const WAVES = oggOf(tonePackets(100));

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Shore ${made}`);
  group.inVoice(ANA, BEN, CLEO, LEAD);
  world.discord.files.set(ADDRESS, WAVES);
});

const lead = (path: string, given = {}) => group.says(LEAD, path, { given });
const sent = (but: object = {}) => ({
  file: { name: 'waves.ogg', size: WAVES.length, url: ADDRESS },
  title: 'Waves',
  'in-words': IN_WORDS,
  ...but,
});
const add = (but: object = {}, account = LEAD) => group.says(account, 'media add', { given: sent(but) });
const ofGroup = () => world.store.records.media.ofCohort(group.cohort.id);
const heard = async () => {
  const session = await world.store.records.sessions.unfinished(group.cohort.id);
  return session && playNow(world, session.id, group.cohort, world.clock.now());
};
const shown = async (kind: 'exercise-card' | 'link-card') => {
  await group.settle();
  const [board] = group.boards(kind);
  if (!board) throw new Error(`no ${kind} stands`);
  return words.board(board);
};
const text = async () => readable(await shown('exercise-card'));

const itemOf = (number: number): Omit<MediaItem, 'id'> => ({
  cohortId: group.cohort.id,
  number,
  ...{ title: confidential('Waves'), alternative: confidential(IN_WORDS) },
  ...{ container: 'ogg', durationMs: 2_000, bytes: 1 },
  ...{ addedBy: LEAD, addedAt: world.clock.now() },
});

describe('a recording', () => {
  it('is kept with its title and what is to be heard, and played to the group in its session', async () => {
    expect(await add()).toContain('**1**: Waves, 0:02 minutes');
    expect(await lead('media list')).toContain('**1**: Waves');
    await lead('session open');
    expect(await lead('media play', { recording: '1' })).toContain('It goes on until');
    const play = await heard();
    expect(play).toMatchObject({ state: 'playing', positionMs: 0 });
    const sound = play?.sound;
    if (sound?.kind !== 'recording') throw new Error('nothing is played');
    expect(Buffer.from((await sound.load()) ?? []).equals(WAVES)).toBe(true);
    expect(await text()).toContain('**Waves** (0:02 minutes)');
    expect(await text()).toContain(`> ${IN_WORDS}`);
    world.clock.pass(2 * SECOND);
    expect(await text()).toContain('It is **over**');
    expect(await heard()).toBeUndefined();
  });

  it('is heard also in a group whose exercises are silent', async () => {
    await add();
    const { cohorts } = world.store.records;
    const cohort = await cohorts.byId(group.cohort.id);
    if (!cohort) throw new Error('no group');
    await cohorts.save({ ...cohort, settings: { ...cohort.settings, exerciseSounds: false } });
    await lead('session open');
    await lead('media play', { recording: '1' });
    expect(await heard()).toMatchObject({ sound: { kind: 'recording' } });
  });

  it('is stopped, and nothing else can be started meanwhile', async () => {
    await add();
    await lead('session open');
    await lead('media play', { recording: '1' });
    expect(await lead('breathe start')).toContain('Something is going on already');
    expect(await lead('media stop')).toContain('It has ended');
    expect(await lead('breathe start')).toContain('It goes on until');
  });

  it('is paused and resumed by the buttons of the answer, of the panel, and by name', async () => {
    await add();
    await lead('session open');
    const channelId = group.room('staff');
    const press = async ({ actions = [] }: Card, label: string): Promise<Card> => {
      const action = actions.flat().find((each) => each.label === label);
      const reply = await group.people.press(LEAD, action ?? expect.fail(`no ${label}`), { channelId });
      return reply.kind === 'ask' ? expect.fail('a form') : reply.card;
    };
    const panel = async () => {
      await group.settle();
      return words.board(group.boards('staff-panel')[0] ?? expect.fail('no panel stands'));
    };
    const answer = await group.people.read(LEAD, 'media play', { channelId, given: { recording: '1' } });
    world.clock.pass(SECOND);
    const paused = await press(answer, 'Pause');
    expect(await heard()).toMatchObject({ state: 'paused', positionMs: SECOND });
    await press(paused, 'Resume');
    expect(await heard()).toMatchObject({ state: 'playing', positionMs: SECOND });
    await press(await panel(), 'Pause the recording');
    expect(await heard()).toMatchObject({ state: 'paused' });
    await press(await panel(), 'Resume the recording');
    expect(await lead('media pause')).toContain('It is paused');
    expect(await lead('media resume')).toContain('It goes on until');
    await press(await panel(), 'Stop the recording');
    expect(await heard()).toBeUndefined();
  });

  it('that is refused gives back what was written to it, whatever was wrong', async () => {
    world.discord.files.set(ADDRESS, Buffer.from('a song, they say'));
    const long = 'Waves '.repeat(100).trim();
    for (const said of [
      await add({ title: 'Waves at night', 'in-words': long }),
      await add({ title: 'Waves at night', 'in-words': long, file: ADDRESS }),
    ]) {
      expect(said).toContain('This is what you wrote; it was not kept');
      expect(said).toContain('> Waves at night');
      expect(said).toContain(`> ${long}`);
    }
    expect(await add({ 'in-words': 'Waves' })).toContain('> Waves');
    const chosen = { cohort: group.cohort.id, title: 'Waves', 'in-words': IN_WORDS };
    expect(await add(chosen)).not.toContain(group.cohort.id);
  });

  it('is judged by what is in it, and not by its name', async () => {
    const refused = async (bytes: Uint8Array, why: string) => {
      world.discord.files.set(ADDRESS, bytes);
      expect(await add()).toContain(why);
    };
    await refused(Buffer.from('ID3 this is a song, they say'), 'no sound file that can be played here');
    await refused(new Uint8Array(0), 'no sound file that can be played here');
    await refused(WAVES.subarray(0, WAVES.length - 40), 'damaged or incomplete');
    await refused(new Uint8Array(MOST_BYTES + 1), 'larger than the 8 MiB');
    world.discord.files.clear();
    expect(await add()).toContain('could not be fetched');
    expect(await add({ file: { name: 'a.ogg', size: MOST_BYTES + 1, url: ADDRESS } })).toContain(
      'larger than',
    );
    expect(await add({ file: ADDRESS })).toContain('Almost there');
    expect(await ofGroup()).toEqual([]);
  });

  it('longer than twenty minutes is not kept', async () => {
    // Twenty milliseconds of silence.
    const quiet = Array.from({ length: (21 * MINUTE) / 20 }, () => new Uint8Array([0xf8, 0xff, 0xfe]));
    world.discord.files.set(ADDRESS, oggOf(quiet, 200));
    expect(await add()).toContain('longer than 20 minutes');
  });

  it('needs words for who does not hear it', async () => {
    expect(await add({ 'in-words': 'Waves' })).toContain('at least 10 characters');
    expect(await add({ 'in-words': undefined })).toContain('still needed');
  });

  it('is looked after by staff and admins, and is nobody else’s', async () => {
    expect(await add({}, CO_FACILITATOR)).toContain('It is kept');
    expect(await add({ cohort: group.cohort.name }, ADMIN)).toContain('**2**');
    for (const account of [ANA, OUTSIDER]) {
      for (const path of ['media list', 'media play', 'media remove']) {
        const said = await group.says(account, path, { given: { recording: '1' } });
        expect(said).toMatch(/Only the facilitators|No group of yours/);
      }
      expect(await add({}, account)).not.toContain('It is kept');
    }
    expect(await ofGroup()).toHaveLength(2);
  });

  it('of another group is not there', async () => {
    await add();
    const other = await aGroup(world, `Forest ${made}`);
    const asked = { channelId: other.room('group') };
    await other.says(LEAD, 'session open', asked);
    expect(await other.says(LEAD, 'media list', asked)).toContain('no recordings yet');
    const said = await other.says(LEAD, 'media play', { ...asked, given: { recording: '1' } });
    expect(said).toContain('no recording of that number');
  });

  it('that is removed leaves nothing but that there was one, and stops', async () => {
    await add();
    await lead('session open');
    await lead('media play', { recording: '1' });
    await group.settle();
    const asked = await group.people.read(LEAD, 'media remove', {
      channelId: group.room('staff'),
      given: { recording: '1' },
    });
    expect(readable(asked)).toContain('deleted for good');
    expect(await ofGroup()).toHaveLength(1);
    const [sure] = asked.actions?.flat() ?? [];
    if (!sure) throw new Error('no button');
    await group.people.press(LEAD, sure, { channelId: group.room('staff') });
    expect(await heard()).toBeUndefined();
    expect(await text()).toContain('no longer part of the programme');
    const { rows } = await runSql(
      world.url,
      'SELECT number, sealed_title, sealed_alternative, sealed_audio, removed_by FROM media WHERE cohort_id = $1',
      [group.cohort.id],
    );
    expect(rows).toEqual([
      { number: 1, sealed_title: null, sealed_alternative: null, sealed_audio: null, removed_by: LEAD },
    ]);
    expect(await add()).toContain('**2**');
  });

  it('has a number of its own when two are added at once', async () => {
    const answers = await Promise.all([add(), add({}, CO_FACILITATOR)]);
    expect(answers.every((answer) => answer.includes('It is kept'))).toBe(true);
    expect((await ofGroup()).map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is refused when the group has as many as it may', async () => {
    await world.store.change(async ({ media }) => {
      for (let number = 1; number <= MOST_MEDIA; number += 1)
        await media.add({ ...itemOf(number), id: world.ids.next() }, new Uint8Array([1]));
      return allow(null);
    });
    world.discord.files.clear();
    // The file is not even fetched.
    const reply = await group.people.ask(LEAD, 'media add', {
      channelId: group.room('group'),
      given: sent(),
    });
    expect(reply.kind === 'tell' && readable(reply.card)).toContain(`has ${MOST_MEDIA} recordings already`);
  });
});

describe('a link', () => {
  const FILM = { address: 'https://video.example.org/watch?v=1', title: 'A film' };
  beforeEach(async () => {
    world.discord.invites = false;
    await lead('session open');
  });

  it('stands in the group room, with where it leads, and without an invitation when there is none', async () => {
    expect(await lead('media link', FILM)).toContain('could not be had from Discord this time');
    const card = await shown('link-card');
    expect(readable(card)).toContain('**A film**, on video.example.org');
    expect(card.links).toEqual([{ label: 'Open the link', address: FILM.address }]);
  });

  it('comes with an invitation to watch together, when Discord gives one', async () => {
    world.discord.invites = true;
    expect(await lead('media link', { ...FILM, 'in-words': IN_WORDS })).toContain('with an invitation');
    const card = await shown('link-card');
    expect(readable(card)).toContain(`> ${IN_WORDS}`);
    expect(card.links?.map(({ label }) => label)).toEqual([
      'Open the link',
      'Watch together in the voice room',
    ]);
  });

  it('takes the place of the one before', async () => {
    await lead('media link', FILM);
    await group.settle();
    await lead('media link', { ...FILM, title: 'Another film' });
    expect(readable(await shown('link-card'))).toContain('Another film');
    expect(group.boards('link-card')).toHaveLength(1);
  });

  it.each([
    'http://video.example.org/',
    'https://localhost/a',
    'https://127.0.0.1/a',
    'https://[::1]/a',
    'https://name:word@example.org/',
    'https://example.org:8443/a',
    'https://example.org/a b',
    'https://exämple.org/a',
    'javascript:alert(1)//',
    'discord://example.org',
  ])('such as %s is not shown', async (address) => {
    const said = await lead('media link', { ...FILM, address });
    expect(said).toContain('no address that can be shown');
    await group.settle();
    expect(group.boards('link-card')).toEqual([]);
  });

  it('is shown in a session alone', async () => {
    await lead('session end');
    expect(await lead('media link', FILM)).toContain('no session open');
  });
});
