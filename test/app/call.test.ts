/** What is known of a group's call during its session: its encryption, and how long each speaks, to whom it is shown. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteEncryption } from '../../src/app/note-encryption.ts';
import { noteTalk } from '../../src/app/note-talk.ts';
import type { CallEncryption } from '../../src/core/encryption.ts';
import { DAY, SECOND } from '../../src/core/time.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD } from '../world/cast.ts';
import { anExpectedMeeting } from '../world/expected.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let made = 0;
const words = wordsFor('en');

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Elm ${made}`, { signed: [ANA, BEN] });
});

const CODE = '123450678901234506789012345067';
const on = (...outside: readonly string[]): CallEncryption => ({ state: 'on', privacyCode: CODE, outside });
const open = async () => {
  await group.says(LEAD, 'session open');
  await group.settle();
};
const policy = (given: Record<string, unknown>) =>
  group.people.read(ADMIN, 'cohort policy', { given: { cohort: group.cohort.name, ...given } });
const told = async (encryption: CallEncryption) => {
  await noteEncryption(world, { channelId: group.room('voice'), encryption });
  await group.settle();
};
const card = () =>
  readable(words.board(group.boards('session-card').at(-1) ?? expect.fail('no card stands')));
const panel = () =>
  readable(words.board(group.boards('staff-panel').at(-1) ?? expect.fail('no panel stands')));
const known = () => world.store.records.callEncryptions.ofCohort(group.cohort.id);

describe('the encryption of the call', () => {
  it('stands on the card and on the panel, with names for staff alone', async () => {
    await open();
    expect(card()).toContain('Encryption: unknown. Hearth is not in this call.');
    await told(on());
    expect(card()).toContain('Encryption: on. Code 12345 06789 01234 50678 90123 45067');
    await told(on(BEN));
    expect(card()).toContain('Somebody in the room is not part');
    expect(card()).not.toContain(`part of the encrypted call: <@${BEN}>`);
    expect(panel()).toContain(`Not part of the encrypted call: <@${BEN}>`);
    await told({ state: 'off' });
    expect(card()).toContain('not end-to-end encrypted');
  });

  it('is not known yet while the group agrees on it, and Hearth is not said to be elsewhere', async () => {
    await open();
    await told({ state: 'agreeing' });
    for (const read of [card(), panel()]) {
      expect(read).toContain('Encryption: not known yet. Hearth is in this call');
      expect(read).not.toContain('Hearth is not in');
    }
  });

  it('is unknown when somebody sent Hearth away, which staff read, with what helps', async () => {
    await open();
    await told({ state: 'sent-away' });
    expect(panel()).toContain('Somebody disconnected Hearth from this call twice');
    expect(panel()).toContain('`/cohort policy`');
    expect(card()).toContain('Encryption: unknown. Hearth is not in this call.');
    expect(card()).not.toContain('disconnected');
    expect(await group.says(LEAD, 'encryption show')).toContain('Somebody disconnected Hearth');
    const said = await group.says(ANA, 'encryption show');
    expect(said).toContain('Hearth is not in it');
    expect(said).not.toContain('disconnected');
    await policy({ calls: 'no' });
    await told({ state: 'unknown' });
    await policy({ calls: 'yes' });
    await group.settle();
    expect(panel()).not.toContain('disconnected');
  });

  it('is brought to the cards only when it has changed, and forgotten when the session ends', async () => {
    await open();
    await told(on());
    await noteEncryption(world, { channelId: group.room('voice'), encryption: on() });
    expect((await world.jobs()).map(({ job }) => job.name)).not.toContain('bring-boards');
    await group.says(LEAD, 'session end');
    expect(await known()).toEqual({ state: 'unknown' });
    await told(on());
    expect(await known()).toEqual({ state: 'unknown' });
  });

  it('is known already while the group gathers, and of no other room', async () => {
    await noteEncryption(world, { channelId: group.room('group'), encryption: on() });
    expect(await known()).toEqual({ state: 'unknown' });
    await anExpectedMeeting(world, group, 5 * 60 * SECOND);
    await told(on());
    expect(await known()).toEqual(on());
  });

  it('is no line where Hearth does not come into the calls', async () => {
    await policy({ calls: 'no' });
    await open();
    expect(card()).not.toContain('Encryption');
    expect(panel()).not.toContain('Encryption');
    expect(await group.says(ANA, 'encryption show')).toContain('does not come into the calls');
  });
});

describe('/encryption', () => {
  it('says what the call itself tells, and how to compare', async () => {
    const guildId = group.cohort.guildId;
    await open();
    expect(await group.says(ANA, 'encryption show')).toContain('not known at this moment');
    expect(await group.says(ANA, 'encryption code')).toContain('There is no code for you');
    await world.voice.bring(guildId, { channelId: group.room('voice'), notesSpeaking: false });
    world.voice.encrypted.set(group.room('voice'), on(BEN));
    const text = await group.says(ANA, 'encryption show');
    expect(text).toContain('12345 06789 01234 50678 90123 45067');
    expect(text).toContain('Voice Details');
    expect(text).not.toContain(BEN);
    expect(await group.says(LEAD, 'encryption show')).toContain(`<@${BEN}>`);
    const code = await group.says(LEAD, 'encryption code');
    expect(code).toContain(LEAD.padStart(45, '0').match(/.{5}/g)?.join(' '));
    await world.voice.bring(guildId, undefined);
  });
});

describe('talk time', () => {
  let from = 0;
  const speaks = async (account: string, seconds: number) => {
    from += 10_000;
    const begins = new Date(world.clock.now().getTime() + from);
    await noteTalk(world, {
      channelId: group.room('voice'),
      utterance: { account, from: begins, to: new Date(begins.getTime() + seconds * SECOND) },
    });
    await group.settle();
  };
  const session = async () => {
    const { sessions } = world.store.records;
    return (await sessions.unfinished(group.cohort.id)) ?? (await sessions.lastEnded(group.cohort.id));
  };
  const kept = async () => world.store.records.talkTimes.ofSession((await session())?.id ?? '');
  const discuss = async () => {
    await policy({ 'talk-time': 'yes' });
    group.inVoice(ANA, BEN);
    await open();
    for (let step = 0; step < 4; step += 1) await group.says(LEAD, 'session next');
    await group.settle();
  };

  it('is told to the room, and counted for those who have signed', async () => {
    await discuss();
    expect(group.said('group')).toContain('talk-time-counted');
    expect(card()).toContain('counts how long each of us speaks');
    await speaks(ANA, 8);
    await speaks(BEN, 12);
    await speaks(CLEO, 12);
    await speaks(LEAD, 12);
    expect(panel()).toContain(`<@${ANA}> 40 %, <@${BEN}> 60 %`);
    expect(card()).not.toContain('%');
    expect(await kept()).toHaveLength(2);
  });

  it('makes somebody heard who has spoken for a while, without a turn', async () => {
    await discuss();
    expect(await group.says(LEAD, 'turn unheard')).toContain(ANA);
    await speaks(ANA, 2);
    expect(await group.says(LEAD, 'turn unheard')).toContain(ANA);
    await speaks(ANA, 4);
    expect(await group.says(LEAD, 'turn unheard')).not.toContain(ANA);
    expect(panel()).toMatch(new RegExp(`Not yet heard\\n<@${BEN}>`));
  });

  it('is not counted unless the group wants it, nor once the agreement says nothing of it', async () => {
    await open();
    await speaks(ANA, 8);
    expect(await kept()).toEqual([]);
    expect(group.said('group')).not.toContain('talk-time-counted');
    await policy({ 'talk-time': 'yes' });
    await group.settle();
    expect(group.said('group')).toContain('talk-time-counted');
    const { text } = world.agreement;
    const { allows: _none, ...silent } = text;
    world.agreement.change(silent);
    await speaks(ANA, 8);
    expect(await kept()).toEqual([]);
    world.agreement.change(text);
  });

  it('is counted from when the room has read that it is, and never before', async () => {
    await open();
    await policy({ 'talk-time': 'yes' });
    await speaks(ANA, 8);
    expect(group.said('group')).toContain('talk-time-counted');
    expect(await kept()).toEqual([]);
    await speaks(ANA, 8);
    expect(await kept()).toHaveLength(1);
  });

  it('is told to be over when the policy ends it in the middle of a session, once, and not before', async () => {
    const over = () => group.said('group').filter((kind) => kind === 'talk-time-not-counted');
    await discuss();
    await policy({ encryption: 'warn' });
    await group.settle();
    expect(over()).toEqual([]);
    await policy({ 'talk-time': 'no' });
    await policy({ 'talk-time': 'no' });
    await group.settle();
    expect(over()).toHaveLength(1);
    expect(card()).not.toContain('counts how long each of us speaks');
    await speaks(ANA, 8);
    expect(await kept()).toEqual([]);
  });

  it('is told to be over, too, when Hearth comes into the calls no longer', async () => {
    await discuss();
    await policy({ calls: 'no' });
    await group.settle();
    expect(group.said('group')).toContain('talk-time-not-counted');
  });

  it('is seen by nobody of the group, whatever they ask', async () => {
    await discuss();
    await speaks(ANA, 8);
    await speaks(BEN, 8);
    for (const path of ['turn unheard', 'attendance show', 'attendance report', 'encryption show']) {
      expect(await group.says(ANA, path)).not.toContain('50 %');
    }
    await group.says(LEAD, 'session end');
    for (const path of ['attendance show', 'attendance report']) {
      expect(await group.says(LEAD, path)).not.toMatch(/spoke|50 %/);
    }
  });

  it('is deleted as attendance is attested', async () => {
    await discuss();
    await speaks(ANA, 8);
    await group.says(LEAD, 'session end');
    expect(await kept()).toHaveLength(1);
    await group.says(LEAD, 'attendance attest');
    expect(await kept()).toEqual([]);
  });

  it('is deleted after thirty days at the latest', async () => {
    await discuss();
    await speaks(ANA, 8);
    await group.says(LEAD, 'session end');
    world.clock.pass(29 * DAY);
    await group.settle();
    expect(await kept()).toHaveLength(1);
    world.clock.pass(DAY);
    await group.settle();
    expect(await kept()).toEqual([]);
  });
});
