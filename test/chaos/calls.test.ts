/** Everything that may happen to a call: the bot, its connection to Discord and the people in the call stay as they were. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callProcesses } from '../adapters/voice/call-processes.ts';
import { type Company, company } from '../adapters/voice/company.ts';

let group: Company;
beforeEach(async () => {
  group = await company(2);
  await ana().join(group.rooms[0]);
  await group.joined();
  await group.agreed(ana());
});
afterEach(() => group.stop());

const ana = () => group.people[0] ?? expect.fail('there is nobody');
const ben = () => group.people[1] ?? expect.fail('there is nobody else');
const faults = () => group.sandbox.voice.faults;
const bot = () => group.sandbox.bot.id;

/** The process that is in the calls. */
const child = (): number => callProcesses()[0] ?? Number.NaN;

/** How often the bot has logged in to Discord's gateway. */
const logins = (): number => group.sandbox.transcript.countByRoute(bot())['GET /gateway/bot'] ?? 0;

const mostInAMinute = (): number =>
  Math.max(...group.asked.map((from) => group.asked.filter((at) => at >= from && at < from + 60_000).length));

describe('a call goes on', () => {
  it('when its process is killed: it comes back, and the bot has noticed nothing', async () => {
    const before = logins();
    for (let times = 0; times < 3; times += 1) {
      const killed = child();
      process.kill(killed, 'SIGKILL');
      await expect.poll(child, { timeout: 20_000 }).not.toBe(killed);
      await group.joined();
      await group.agreed(ana());
    }
    expect(logins()).toBe(before);
    expect(mostInAMinute()).toBeLessThan(20);
  });

  it('through a storm of messages and packets that make no sense', async () => {
    const before = child();
    faults().storm(bot(), 2_000);
    await sleep(500);
    expect(child()).toBe(before);
    await ben().join(group.rooms[0]);
    await group.agreed(ana(), ben());
    expect(child()).toBe(before);
    expect(group.asked.length).toBeLessThan(6);
  });

  it('when the socket breaks, and who came meanwhile is in the group', async () => {
    faults().close(bot());
    await ben().join(group.rooms[0]);
    await group.agreed(ana(), ben());
    expect(group.asked).toHaveLength(1);
  });

  it('when the voice server vanishes and comes back', async () => {
    for (let times = 0; times < 3; times += 1) {
      await faults().vanish();
      await expect
        .poll(() => group.bring(), { timeout: 10_000 })
        .toEqual({ did: 'failed', why: 'unreachable' });
      await faults().comeBack();
      await group.joined();
      await group.agreed(ana());
    }
    expect(mostInAMinute()).toBeLessThan(20);
  });

  it.each([4_006, 4_009, 4_015, 1_006])('when the voice server closes with %i', async (code) => {
    faults().close(bot(), code === 1_006 ? undefined : code);
    await sleep(100);
    await group.joined();
    await group.agreed(ana());
  });
});

describe('a call that cannot be', () => {
  it('is asked for seldom, and comes about as soon as it can', async () => {
    faults().refuse(4_017);
    faults().close(bot(), 4_006);
    await sleep(7_000);
    expect(await group.bring()).toEqual({ did: 'failed', why: 'unreachable' });
    expect(await group.encryption()).toEqual({ state: 'unknown' });
    // The first, and those after one, two and four seconds, of which each leaves before it comes.
    expect(group.asked.length).toBeLessThanOrEqual(7);
    faults().refuse(undefined);
    await group.joined();
    await group.agreed(ana());
  });

  it('is told to be gone with its room', async () => {
    group.sandbox.faults.deleteChannel(group.rooms[0]);
    await expect.poll(() => group.bring(), { timeout: 10_000 }).toEqual({ did: 'failed', why: 'gone' });
  });

  it('is gone where there is no voice room', async () => {
    const nowhere = { channelId: group.guildId };
    await expect
      .poll(() => group.bring(nowhere), { timeout: 10_000 })
      .toEqual({ did: 'failed', why: 'gone' });
  });
});

describe('a bot that is moved by hand', () => {
  it('leaves the room into which it was put, and comes back once', async () => {
    const move = (channelId: string | null) =>
      fetch(`${group.sandbox.restUrl}/v10/guilds/${group.guildId}/members/${bot()}`, {
        method: 'PATCH',
        headers: { authorization: `Bot ${group.sandbox.bot.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ channel_id: channelId }),
      });
    expect((await move(group.rooms[1])).ok).toBe(true);
    await expect.poll(() => group.bring(), { timeout: 3_000 }).toEqual({ did: 'failed', why: 'unreachable' });
    await sleep(500);
    expect(await group.voice.encryption(group.guildId, group.rooms[1])).toEqual({ state: 'unknown' });
    await group.joined();
    await group.agreed(ana());
    expect((await move(null)).ok).toBe(true);
    await expect.poll(() => group.bring(), { timeout: 3_000 }).toEqual({ did: 'failed', why: 'sent-away' });
    await sleep(6_000);
    expect(await group.bring()).toEqual({ did: 'failed', why: 'sent-away' });
    expect(await group.voice.bring(group.guildId, undefined)).toEqual({ did: 'left' });
    await group.joined();
  });
});
