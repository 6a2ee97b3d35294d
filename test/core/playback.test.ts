/** What sounds in a session: started, paused, resumed and stopped, and never at two places at once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courseOf, type Exercise } from '../../src/core/exercise.ts';
import {
  endsAtOf,
  lengthOfPiece,
  type Piece,
  type Playback,
  type PlaybackRequest,
  positionAt,
  startPlayback,
  transition,
} from '../../src/core/playback.ts';
import { MINUTE } from '../../src/core/time.ts';
import { answer, at, START } from './given.ts';

const LENGTH = 10 * MINUTE;
const PIECE: Piece = { kind: 'media', mediaId: 'm', lengthMs: LENGTH };

const begun = (piece: Piece = PIECE) =>
  startPlayback({ id: 'p', cohortId: 'c', sessionId: 's', piece, startedBy: 'lea' }, START);

const PAUSE = { kind: 'pause', because: 'asked' } as const;
const RESUME = { kind: 'resume', because: 'asked' } as const;
const STOP = { kind: 'stop', how: 'stopped' } as const;

/** What it is after all of it, each at its minute; what is refused is left out. */
const come = (...asked: readonly (readonly [minute: number, request: PlaybackRequest])[]): Playback =>
  asked.reduce<Playback>((playback, [minute, request]) => {
    const changed = transition(playback, request, at(minute));
    return changed.ok ? changed.value : playback;
  }, begun());

const positionIn = (playback: Playback, minute: number): number =>
  playback.state === 'ended' ? Number.NaN : positionAt(playback, at(minute)) / MINUTE;

describe('something that sounds', () => {
  it('comes as far as time does, and never beyond its end', () => {
    expect(positionIn(begun(), 3)).toBe(3);
    expect(positionIn(begun(), 25)).toBe(10);
    expect(positionIn(begun(), -1)).toBe(0);
  });

  it('stands still while it is paused, and goes on from there', () => {
    const paused = come([4, PAUSE]);
    expect(positionIn(paused, 9)).toBe(4);
    const resumed = come([4, PAUSE], [9, RESUME]);
    expect(positionIn(resumed, 10)).toBe(5);
    expect(resumed.state === 'playing' && endsAtOf(resumed)).toEqual(at(15));
  });

  it('is paused once, resumed once and stopped once', () => {
    expect(answer(transition(come([1, PAUSE]), PAUSE, at(2)))).toBe('playback-paused');
    expect(answer(transition(begun(), RESUME, at(2)))).toBe('playback-goes-on');
    expect(answer(transition(come([1, STOP]), STOP, at(2)))).toBe('nothing-plays');
    expect(answer(transition(come([1, STOP]), PAUSE, at(2)))).toBe('nothing-plays');
  });

  it('is over at its time, whoever notices it, and not by a job that was meant for another end', () => {
    const over = { state: 'ended', how: 'over', endedAt: at(10) };
    const due: PlaybackRequest = { kind: 'over', endsAt: at(10) };
    expect(come([10, due])).toMatchObject(over);
    expect(come([9.999, due])).toMatchObject(over);
    expect(come([13, PAUSE])).toMatchObject(over);
    expect(come([13, { kind: 'stop', how: 'session-ended' }])).toMatchObject(over);
    expect(come([9, { kind: 'over', endsAt: at(9) }])).toEqual(begun());
    expect(come([4, PAUSE], [9, RESUME], [10, due]).state).toBe('playing');
    expect(come([4, PAUSE], [10, due]).state).toBe('paused');
  });

  it('follows a pause of the session, unless a facilitator paused it before', () => {
    const held: PlaybackRequest = { kind: 'pause', because: 'session' };
    const goesOn: PlaybackRequest = { kind: 'resume', because: 'session' };
    expect(come([2, held], [5, goesOn])).toMatchObject({ state: 'playing', positionMs: 2 * MINUTE });
    expect(come([2, PAUSE], [3, held], [5, goesOn])).toMatchObject({ state: 'paused', because: 'asked' });
    expect(come([2, goesOn])).toEqual(begun());
  });
});

describe('whatever is asked of it, and in whatever order', () => {
  const request = fc.constantFrom<PlaybackRequest>(
    PAUSE,
    RESUME,
    { kind: 'pause', because: 'session' },
    { kind: 'resume', because: 'session' },
    { kind: 'over', endsAt: at(3) },
  );
  const asks = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 * MINUTE }), request), { maxLength: 30 });

  it('as much of it is over as time went by outside of pauses', () => {
    fc.assert(
      fc.property(asks, (list) => {
        let playback: Playback = begun();
        let [now, sounded] = [START, 0];
        for (const [waited, each] of list) {
          if (playback.state === 'playing') sounded = Math.min(LENGTH, sounded + waited);
          now = new Date(now.getTime() + waited);
          const changed = transition(playback, each, now);
          if (changed.ok) playback = changed.value;
          if (playback.state === 'ended') return;
          expect(positionAt(playback, now)).toBe(sounded);
          if (playback.state === 'playing')
            expect(endsAtOf(playback).getTime()).toBe(
              playback.since.getTime() + LENGTH - playback.positionMs,
            );
        }
      }),
    );
  });

  it('it remains itself, and its version is left to the store', () => {
    fc.assert(
      fc.property(asks, (list) => {
        let playback: Playback = begun();
        for (const [, each] of list) {
          const changed = transition(playback, each, at(1));
          if (changed.ok) playback = changed.value;
          expect(playback).toMatchObject({
            id: 'p',
            sessionId: 's',
            piece: PIECE,
            startedAt: START,
            version: 0,
          });
        }
      }),
    );
  });
});

describe('how long something takes', () => {
  it('is what its course takes, whatever becomes of the programme', () => {
    const exercise: Exercise = {
      kind: 'breathing',
      ...{ id: 'b', title: 'B', about: 'B', minutes: 1 },
      rhythm: { inhale: 4, hold: 0, exhale: 6, rest: 0 },
    };
    const piece: Piece = { kind: 'exercise', exerciseId: 'b', course: courseOf(exercise, 1) };
    expect(lengthOfPiece(piece)).toBe(60_000 + 8_000);
  });
});
