/** Stretches of presence: how they begin and end, and what a gap makes of them. */
import { describe, expect, it } from 'vitest';
import { type Interval, leave, reconcilePresence } from '../../src/core/presence.ts';
import { at } from './given.ts';

const open = (name: string, since: number): Interval => ({
  id: `interval-${name}`,
  sessionId: 'session',
  personId: name,
  start: at(since),
  seen: 'observed',
});

/** What is written when the room is seen without anything having been missed. */
const seen = (known: readonly Interval[], present: readonly string[], minute: number) =>
  reconcilePresence({ open: known, present, lastObserved: at(minute), now: at(minute) });

const NOTHING = { ends: [], begins: [] };

describe('somebody who comes into the voice room', () => {
  it('begins a stretch', () => {
    expect(seen([], ['ana'], 3)).toEqual({
      ends: [],
      begins: [{ personId: 'ana', start: at(3), seen: 'observed' }],
    });
  });

  it('changes nothing by being seen there once more, as when they mute themselves', () => {
    expect(seen([open('ana', 3)], ['ana'], 5)).toEqual(NOTHING);
  });
});

describe('somebody who leaves the voice room', () => {
  it('ends their stretch', () => {
    expect(seen([open('ana', 3), open('ben', 4)], ['ben'], 9)).toEqual({
      ends: [{ intervalId: 'interval-ana', at: at(9) }],
      begins: [],
    });
  });

  it('changes nothing when they were not known to be there', () => {
    expect(seen([], [], 9)).toEqual(NOTHING);
  });

  it('never ends before they began, whatever the clock says', () => {
    expect(seen([open('ana', 3)], [], 2).ends).toEqual([{ intervalId: 'interval-ana', at: at(3) }]);
  });
});

describe('a session that opens', () => {
  it('begins a stretch for each who is there already, once', () => {
    const sighting = { open: [], present: ['ana', 'ben', 'ana'], lastObserved: undefined, now: at(0) };
    expect(reconcilePresence(sighting).begins.map(({ personId }) => personId)).toEqual(['ana', 'ben']);
  });
});

describe('a session that ends', () => {
  it('ends the stretches of all who are there', () => {
    expect(leave({ open: [open('ana', 3), open('ben', 4)], lastObserved: at(60), now: at(60) })).toEqual({
      ends: [
        { intervalId: 'interval-ana', at: at(60) },
        { intervalId: 'interval-ben', at: at(60) },
      ],
      begins: [],
    });
  });
});

describe('Hearth that comes back after it could not see', () => {
  const back = (present: readonly string[], lastObserved: Date | undefined) =>
    reconcilePresence({ open: [open('ana', 2)], present, lastObserved, now: at(15) });

  it('counts the gap of somebody who is still there as unobserved', () => {
    expect(back(['ana'], at(10))).toEqual({
      ends: [{ intervalId: 'interval-ana', at: at(10) }],
      begins: [
        { personId: 'ana', start: at(10), end: at(15), seen: 'unobserved' },
        { personId: 'ana', start: at(15), seen: 'observed' },
      ],
    });
  });

  it('ends the stretch of somebody who is gone where they were last seen', () => {
    expect(back([], at(10))).toEqual({ ends: [{ intervalId: 'interval-ana', at: at(10) }], begins: [] });
  });

  it('counts somebody who came during the gap from now on', () => {
    expect(back(['ana', 'ben'], at(10)).begins).toContainEqual({
      personId: 'ben',
      start: at(15),
      seen: 'observed',
    });
  });

  it('knows that somebody was there when they came after it had last looked around', () => {
    expect(back([], at(1)).ends).toEqual([{ intervalId: 'interval-ana', at: at(2) }]);
    expect(back([], undefined).ends).toEqual([{ intervalId: 'interval-ana', at: at(2) }]);
  });

  it('changes nothing for those who are still there when it missed nothing', () => {
    expect(back(['ana'], at(15))).toEqual(NOTHING);
    expect(back(['ana'], at(16))).toEqual(NOTHING);
  });
});
