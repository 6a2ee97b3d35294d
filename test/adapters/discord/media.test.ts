/** A recording on its whole way: sent with a command in Discord, looked into, sealed, and loaded to be played. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Person } from '../../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { discordAttachments } from '../../../src/adapters/discord/attachments.ts';
import { playNow } from '../../../src/app/play-now.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { oggOf, tonePackets } from '../voice/files.ts';
import { type Connection, connect, logIn } from './connected.ts';

const BELL = { file: 'holiday.mp3', bytes: oggOf(tonePackets(50)), type: 'audio/mpeg' };
const IN_WORDS = 'A bell rings three times, and fades away.';

let sandbox: Sandbox;
let world: TestWorld;
let connection: Connection;
let people: readonly Person[];

beforeAll(async () => {
  [sandbox, world] = [await startSandbox(), await testWorld()];
  const attachments = discordAttachments(sandbox.restUrl);
  connection = await connect(sandbox, { world: { ...world, attachments }, commands });
  people = [await logIn(sandbox, 'Noor', true), await logIn(sandbox, 'Lea'), await logIn(sandbox, 'Cem')];
});
afterAll(async () => {
  for (const each of people) each.close();
  await connection.discord.stop();
  await sandbox.stop();
  await world.close();
});

it('is judged by what is in it, kept, offered while somebody types, and played', async () => {
  const [noor, lea] = people;
  if (!noor || !lea) throw new Error('nobody is there');
  const [lead, coFacilitator] = ['Lea', 'Cem'].map((name) => ({ id: sandbox.people.get(name)?.id ?? '' }));
  const made = await noor.run('/cohort create', {
    ...{ name: 'Bay', type: 'support' },
    ...{ lead, 'co-facilitator': coFacilitator },
  });
  expect(made.is).toBe('reply');
  const added = await lea.run('/media add', { file: BELL, title: 'Three bells', 'in-words': IN_WORDS });
  expect(added).toMatchObject({ is: 'reply', isPrivate: true, text: expect.stringContaining('Three bells') });
  const cohort = (await world.store.records.cohorts.ofGuild(sandbox.guild.id))[0];
  if (!cohort) throw new Error('no group');
  expect(await lea.complete('/media play', 'recording', 'bell')).toEqual([
    expect.objectContaining({ name: '1: Three bells', value: '1' }),
  ]);
  const [opened, played] = [await lea.run('/session open'), await lea.run('/media play', { recording: '1' })];
  expect([opened.is, played.is]).toEqual(['reply', 'reply']);
  const session = await world.store.records.sessions.unfinished(cohort.id);
  const play = session && (await playNow(world, session.id, cohort, world.clock.now()));
  if (play?.sound.kind !== 'recording') throw new Error('nothing is played');
  expect(Buffer.from((await play.sound.load()) ?? []).equals(BELL.bytes)).toBe(true);
});

it('that is none is told so, and not kept', async () => {
  const [, lea] = people;
  const file = { file: 'bell.ogg', bytes: Buffer.from('not a sound'), type: 'audio/ogg' };
  const added = await lea?.run('/media add', { file, title: 'A bell', 'in-words': IN_WORDS });
  expect(added).toMatchObject({ is: 'reply', text: expect.stringContaining('no sound file') });
});
