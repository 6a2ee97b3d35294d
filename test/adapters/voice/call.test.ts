/** Being in a call as it is wished: asked for, refused, lost, taken out by hand, and tried again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startAsking, startWindow } from '../../../src/adapters/voice/asking.ts';
import { type Call, startCall } from '../../../src/adapters/voice/call.ts';
import type { DesiredCall, Play } from '../../../src/ports/voice.ts';
import {
  keptLog,
  type StandInGateway,
  type StandInProcess,
  standInGateway,
  standInProcess,
} from './standing-in.ts';

const GUILD = '100';
const ROOM = '200';
const WISH: DesiredCall = { channelId: ROOM, notesSpeaking: false };

let gateway: StandInGateway;
let process: StandInProcess;
let log: ReturnType<typeof keptLog>;
const told: string[] = [];
const spoken: number[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  [gateway, process, log] = [standInGateway(), standInProcess(), keptLog()];
  told.length = 0;
  spoken.length = 0;
});

afterEach(() => void vi.useRealTimers());

const start = (desired: DesiredCall = WISH, guildId = GUILD, asking = startAsking(gateway)): Call => {
  const call = startCall(
    {
      guildId,
      channelId: desired.channelId,
      gateway,
      asking,
      process,
      clock: { now: () => new Date() },
      log,
      hooks: {
        encryptionChanged: (_guild, _channel, encryption) => void told.push(encryption.state),
        spoke: (_guild, _channel, { from, to }) => void spoken.push(to.getTime() - from.getTime()),
      },
    },
    desired,
  );
  const others = gateway.ears;
  gateway.ears = {
    changed: () => undefined,
    packet: (of, what, packet) =>
      of === guildId ? call.hear(what, packet) : others?.packet(of, what, packet),
  };
  return call;
};

const takenIn = async (call: Call, desired = WISH): Promise<void> => {
  const brought = call.bring(desired);
  await vi.advanceTimersByTimeAsync(0);
  process.latest().ears.ready();
  expect(await brought).toEqual({ did: 'joined' });
};

const states = () => gateway.asked.map(({ channelId, deaf }) => [channelId, deaf]);

describe('a wish', () => {
  it('comes true, deaf, and the same wish again asks for nothing', async () => {
    const call = start();
    await takenIn(call);
    expect(await call.bring(WISH)).toEqual({ did: 'joined' });
    expect(states()).toEqual([[ROOM, true]]);
  });

  it('hears only while it is noted who speaks', async () => {
    const call = start();
    await takenIn(call);
    await call.bring({ ...WISH, notesSpeaking: true });
    expect(process.latest().noting).toBe(true);
    process.latest().ears.spoke('300', 1_000, 1_400);
    await call.bring(WISH);
    process.latest().ears.spoke('300', 2_000, 2_400);
    expect(states()).toEqual([
      [ROOM, true],
      [ROOM, false],
      [ROOM, true],
    ]);
    expect(spoken).toEqual([400]);
  });

  it('to hear no more is made again when the gateway could not be asked', async () => {
    const call = start();
    await takenIn(call);
    await call.bring({ ...WISH, notesSpeaking: true });
    const { ask } = gateway;
    Object.assign(gateway, { ask: () => false });
    await call.bring(WISH);
    Object.assign(gateway, { ask });
    await call.bring(WISH);
    await call.bring(WISH);
    expect(states()).toEqual([
      [ROOM, true],
      [ROOM, false],
      [ROOM, true],
    ]);
  });

  it.each(['forbidden', 'full', 'gone', 'unreachable'] as const)(
    'that is %s is told so, and tried again',
    async (why) => {
      gateway.admits = why;
      const call = start();
      expect(await call.bring(WISH)).toEqual({ did: 'failed', why });
      expect(gateway.asked).toEqual([]);
      gateway.admits = 'yes';
      await vi.advanceTimersByTimeAsync(1_000);
      process.latest().ears.ready();
      expect(await call.bring(WISH)).toEqual({ did: 'joined' });
    },
  );

  it('is not waited for when Discord does not answer', async () => {
    const brought = start().bring(WISH);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await brought).toEqual({ did: 'failed', why: 'unreachable' });
  });

  it('leaves first when the bot is there already, of which no voice server would be told', async () => {
    gateway.stands = ROOM;
    await takenIn(start());
    expect(states()).toEqual([
      [undefined, true],
      [ROOM, true],
    ]);
  });
});

describe('a call that is lost', () => {
  const loseAll = async (ms: number): Promise<void> => {
    for (let past = 0; past < ms; past += 100) {
      await vi.advanceTimersByTimeAsync(100);
      const line = process.latest();
      if (!line.closed) line.ears.lost(4_017);
    }
  };

  it('is tried again with pauses that grow up to a minute', async () => {
    start();
    await loseAll(200_000);
    const joins = gateway.asked.filter(({ channelId }) => channelId !== undefined).map(({ at }) => at);
    const pauses = joins.slice(1).map((at, index) => Math.round((at - (joins[index] ?? 0)) / 1_000));
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('asks the gateway less than twenty times a minute, however many calls are lost at once', async () => {
    const asking = startAsking(gateway);
    const calls = Array.from({ length: 12 }, (_, index) => start(WISH, String(index), asking));
    await vi.advanceTimersByTimeAsync(500);
    gateway.asked.length = 0;
    for (let past = 0; past < 300_000; past += 100) {
      await vi.advanceTimersByTimeAsync(100);
      for (const line of process.lines) if (!line.closed) line.ears.lost(1_006);
    }
    const times = gateway.asked.map(({ at }) => at);
    const most = Math.max(
      ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
    );
    expect(most).toBeLessThan(20);
    expect(new Set(gateway.asked.map(({ guildId }) => guildId)).size).toBe(12);
    for (const call of calls) call.end();
  });

  it('begins anew at the shortest pause when it had stood for a while', async () => {
    const call = start();
    await loseAll(20_000);
    await vi.advanceTimersByTimeAsync(60_000);
    process.latest().ears.ready();
    await vi.advanceTimersByTimeAsync(60_000);
    process.latest().ears.lost(1_006);
    const lines = process.lines.length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(process.lines).toHaveLength(lines + 1);
    call.end();
  });

  it('waits while the process that is in the calls has to rest', async () => {
    process.rests = true;
    const call = start();
    expect(await call.bring(WISH)).toEqual({ did: 'failed', why: 'unreachable' });
    process.rests = false;
    await vi.advanceTimersByTimeAsync(1_000);
    process.latest().ears.ready();
    expect(await call.bring(WISH)).toEqual({ did: 'joined' });
  });

  it('is not tried any more when it is not wished any more', async () => {
    const call = start();
    await takenIn(call);
    process.latest().ears.lost(1_006);
    call.end();
    await vi.advanceTimersByTimeAsync(120_000);
    expect(process.lines).toHaveLength(1);
  });

  it('that comes back within its resumption was never lost', async () => {
    const call = start();
    await takenIn(call);
    process.latest().ears.connecting();
    await vi.advanceTimersByTimeAsync(3_000);
    process.latest().ears.ready();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(process.lines).toHaveLength(1);
    expect(gateway.asked).toHaveLength(1);
    call.end();
  });
});

describe('a bot that was taken out by hand', () => {
  const takeOut = (call: Call, to: string | null): void => {
    gateway.stands = to ?? undefined;
    call.hear('state', { channel_id: to });
  };

  it('comes back once, slowly, and stays away the second time', async () => {
    const call = start();
    await takenIn(call);
    takeOut(call, null);
    expect(await call.bring(WISH)).toEqual({ did: 'failed', why: 'unreachable' });
    await vi.advanceTimersByTimeAsync(4_900);
    expect(process.lines).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    process.latest().ears.ready();
    takeOut(call, null);
    expect(await call.bring(WISH)).toEqual({ did: 'failed', why: 'sent-away' });
    await vi.advanceTimersByTimeAsync(600_000);
    expect(process.lines).toHaveLength(2);
    expect(await call.encryption()).toEqual({ state: 'sent-away' });
    expect(told.at(-1)).toBe('sent-away');
    call.end();
    expect(told.at(-1)).toBe('unknown');
  });

  it('leaves a room into which it was put', async () => {
    const call = start();
    await takenIn(call);
    takeOut(call, '999');
    await vi.advanceTimersByTimeAsync(0);
    expect(states()).toEqual([
      [ROOM, true],
      [undefined, true],
    ]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(states().at(-1)).toEqual([ROOM, true]);
  });

  it('does not look for a room that is gone', async () => {
    const call = start();
    await takenIn(call);
    gateway.admits = 'gone';
    process.latest().ears.lost(4_014);
    expect(await call.bring(WISH)).toEqual({ did: 'failed', why: 'gone' });
  });
});

describe('what is played', () => {
  const piece = (over: Partial<Play> = {}): DesiredCall => ({
    ...WISH,
    plays: {
      id: 'p',
      sound: { kind: 'score', score: { lengthMs: 60_000, tones: [] } },
      state: 'playing',
      positionMs: 0,
      ...over,
    },
  });

  it('is sent once, and from then on only where it ought to be', async () => {
    const call = start(piece());
    await takenIn(call, piece());
    await call.bring(piece({ positionMs: 5_000 }));
    await call.bring(piece({ state: 'paused', positionMs: 6_000 }));
    expect(
      process.latest().played.map((play) => [play?.sound !== undefined, play?.state, play?.positionMs]),
    ).toEqual([
      [true, 'playing', 0],
      [false, 'playing', 5_000],
      [false, 'paused', 6_000],
    ]);
    await call.bring(WISH);
    expect(process.latest().played.at(-1)).toBeUndefined();
  });

  it('goes on where it would be by then, when the call was lost meanwhile', async () => {
    const call = start(piece({ positionMs: 1_000 }));
    await takenIn(call, piece({ positionMs: 1_000 }));
    await vi.advanceTimersByTimeAsync(20_000);
    process.latest().ears.lost(1_006);
    await vi.advanceTimersByTimeAsync(1_000);
    process.latest().ears.ready();
    await vi.advanceTimersByTimeAsync(0);
    const [play] = process.latest().played;
    expect(play?.positionMs).toBe(22_000);
    expect(play?.sound?.kind).toBe('score');
  });

  it('is left out when it is gone, or cannot be fetched', async () => {
    const gone: Play['sound'] = { kind: 'recording', load: async () => undefined };
    const failing: Play['sound'] = { kind: 'recording', load: () => Promise.reject(new Error('a secret')) };
    const call = start(piece({ sound: gone }));
    await takenIn(call, piece({ sound: gone }));
    await call.bring(piece({ id: 'q', sound: failing }));
    expect(process.latest().played.every((play) => play?.sound === undefined)).toBe(true);
    expect(log.events).toContain('voice-sound');
  });
});

describe('the encryption of a call', () => {
  it('is told when it has settled, and a group that never does is made anew on another line', async () => {
    gateway.here = ['300'];
    process.answers['group'] = () => ({
      version: 1,
      ready: true,
      code: '1'.repeat(30),
      members: ['300', '9'],
    });
    const call = start();
    await takenIn(call);
    await vi.advanceTimersByTimeAsync(400);
    expect(told).toEqual(['on']);
    process.answers['group'] = () => ({ version: 1, ready: false, code: undefined, members: [] });
    process.latest().ears.stirred();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual(['on']);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(told).toEqual(['on', 'agreeing']);
    expect(process.lines).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(process.lines).toHaveLength(2);
    call.end();
  });

  it('is told once for everybody who comes at the same time, and not for who is not yet in the group', async () => {
    process.answers['group'] = () => ({
      version: 1,
      ready: true,
      code: '2'.repeat(30),
      members: ['9', '300', '301'],
    });
    gateway.here = ['300', '301', '302'];
    const call = start();
    await takenIn(call);
    for (let each = 0; each < 10; each += 1) {
      call.changed();
      await vi.advanceTimersByTimeAsync(100);
    }
    gateway.here = ['300', '301'];
    call.changed();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toEqual(['on']);
    call.end();
    expect(told).toEqual(['on', 'unknown']);
  });
});

describe('a window', () => {
  it('lets through so many of a minute, and tells when the next may be', () => {
    const window = startWindow(3);
    for (const at of [0, 10, 20]) {
      expect(window.waits(at)).toBe(0);
      window.spend(at);
    }
    expect(window.waits(30)).toBe(59_970);
    expect(window.waits(60_001)).toBe(0);
  });
});
