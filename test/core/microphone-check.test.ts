/** Who tests a microphone when, and what becomes of somebody who does not come. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CheckRequest,
  changeCheck,
  freeRoom,
  isActive,
  lapse,
  lapsesAt,
  MOST_CHECK_ROOMS,
  nextInTurn,
  peopleBefore,
  type VoiceCheck,
} from '../../src/core/microphone-check.ts';
import { answer, at, person } from './given.ts';

const check = (name: string, minute = 0): VoiceCheck => ({
  id: name,
  guildId: 'guild',
  cohortId: 'cohort',
  person: person(name),
  number: 1,
  askedAt: at(minute),
  changedAt: at(minute),
  version: 0,
  state: 'waiting',
});
const led = (first: VoiceCheck, ...requests: readonly CheckRequest[]): VoiceCheck =>
  requests.reduce((before, request) => {
    const changed = changeCheck(before, request, at(9));
    if (!changed.ok) throw new Error(`${request.kind} was refused in ${before.state}`);
    return changed.value;
  }, first);
const CALL = { kind: 'call' } as const;
const LISTEN = { kind: 'listen' } as const;
const HEAR = { kind: 'hear', level: 'good' } as const;

describe('a check', () => {
  it('goes from the queue to its result', () => {
    const heard = led(check('ana'), CALL, LISTEN, { kind: 'play-back' }, HEAR);
    expect(heard).toMatchObject({ state: 'heard', level: 'good', askedAt: at(0), changedAt: at(9) });
  });

  it('stands at the end of the queue once more, and forgets what was heard', () => {
    const again = led(check('ana'), CALL, LISTEN, HEAR, { kind: 'again' });
    expect(again).toMatchObject({ state: 'waiting', askedAt: at(9) });
    expect(again).not.toHaveProperty('level');
  });

  it('is not begun twice, and leads nowhere once it has ended', () => {
    expect(answer(changeCheck(led(check('ana'), CALL, LISTEN), LISTEN, at(1)))).toBe('check-is-over');
    const ended = led(check('ana'), { kind: 'finish' });
    for (const request of [CALL, LISTEN, HEAR, { kind: 'again' }, { kind: 'finish' }] as const) {
      expect(answer(changeCheck(ended, request, at(1)))).toBe('check-is-over');
    }
  });

  it('passes over whoever does not come in within two minutes, and blames nobody who is there', () => {
    const ready = led(check('ana'), CALL);
    expect(lapsesAt(ready)).toEqual(at(11));
    expect(lapse(ready, false)).toEqual({ kind: 'fail', why: 'passed-over' });
    expect(lapse(ready, true)).toEqual({ kind: 'fail', why: 'no-voice' });
  });

  it('ends after three minutes of nothing, and waits as long as others are before it', () => {
    const heard = led(check('ana'), CALL, LISTEN, HEAR);
    expect(lapsesAt(heard)).toEqual(at(12));
    expect(lapse(heard, true)).toEqual({ kind: 'finish' });
    expect(lapsesAt(check('ana'))).toBeUndefined();
  });
});

describe('the queue of a server', () => {
  it('calls whoever asked first, and nobody while Hearth is with somebody', () => {
    const [ana, ben] = [check('ana', 2), check('ben', 1)];
    expect(nextInTurn([ana, ben])?.id).toBe('ben');
    expect(nextInTurn([ana, led(ben, CALL)])).toBeUndefined();
    expect(nextInTurn([ana, led(ben, CALL, LISTEN, HEAR)])?.id).toBe('ana');
  });

  it('tells how many are before somebody', () => {
    const all = [led(check('ana'), CALL), check('ben', 1), check('cleo', 2)];
    expect(all.map(({ id }) => peopleBefore(all, id))).toEqual([0, 1, 2]);
  });

  it('serves everybody in the order in which they asked, whoever is passed over', () => {
    const minutes = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 20 }), comes: fc.boolean() }), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(minutes, (askers) => {
        let all = askers.map(({ minute }, index) => check(`p${index}`, minute));
        const called: string[] = [];
        for (let next = nextInTurn(all); next; next = nextInTurn(all)) {
          called.push(next.id);
          const comes = askers[Number(next.id.slice(1))]?.comes;
          const over = comes ? led(next, CALL, LISTEN, HEAR) : led(next, CALL, lapse(led(next, CALL), false));
          all = all.map((each) => (each.id === over.id ? over : each));
          expect(all.filter(isActive)).toEqual([]);
        }
        const fair = askers.map(({ minute }, index) => ({ minute, id: `p${index}` }));
        fair.sort((a, b) => a.minute - b.minute || a.id.localeCompare(b.id));
        expect(called).toEqual(fair.map(({ id }) => id));
      }),
    );
  });

  it('gives everybody a room of their own, as long as there are any', () => {
    expect(freeRoom([])).toBe(1);
    expect(freeRoom([{ number: 1 }, { number: 3 }])).toBe(2);
    const all = Array.from({ length: MOST_CHECK_ROOMS }, (_, index) => ({ number: index + 1 }));
    expect(freeRoom(all)).toBeUndefined();
  });
});
