/** The turn queue, and the hands that are raised. */
import { describe, expect, it } from 'vitest';
import {
  notYetHeard,
  speaker,
  type TurnRequest,
  type Turns,
  takeTurns,
  waiting,
} from '../../src/core/turns.ts';
import { answer, at } from './given.ts';

let made = 0;
const by = (kind: 'raise' | 'pass' | 'later', personId: string): TurnRequest => {
  made += 1;
  return { kind, personId, turnId: `turn-${made}` };
};
const done = (personId: string): TurnRequest => ({ kind: 'done', personId });
const CALL: TurnRequest = { kind: 'call' };

const queue = (...requests: readonly TurnRequest[]): Turns =>
  requests.reduce<Turns>((turns, request, minute) => {
    const outcome = takeTurns(turns, request, at(minute));
    if (!outcome.ok) throw new Error(`refused: ${outcome.refusal.code}`);
    return outcome.value;
  }, []);

const asked = (turns: Turns, request: TurnRequest) => answer(takeTurns(turns, request, at(60)));
const speaking = (turns: Turns) => speaker(turns)?.personId;
const inLine = (turns: Turns) => waiting(turns).map(({ personId }) => personId);

describe('the turn queue', () => {
  it('calls people in the order in which they raised their hands', () => {
    const turns = queue(by('raise', 'ana'), by('raise', 'ben'), CALL);
    expect(speaking(turns)).toBe('ana');
    expect(inLine(turns)).toEqual(['ben']);
  });

  it('calls somebody who has not been heard before somebody who has', () => {
    const turns = queue(by('raise', 'ana'), CALL, done('ana'), by('raise', 'ana'), by('raise', 'ben'), CALL);
    expect(speaking(turns)).toBe('ben');
    expect(inLine(turns)).toEqual(['ana']);
  });

  it('ends the turn of whoever speaks when the next is called', () => {
    const turns = queue(by('raise', 'ana'), by('raise', 'ben'), CALL, CALL);
    expect(turns.map(({ personId, state }) => [personId, state])).toEqual([
      ['ana', 'done'],
      ['ben', 'speaking'],
    ]);
  });

  it('leaves the one who speaks alone when nobody waits', () => {
    expect(asked(queue(by('raise', 'ana'), CALL), CALL)).toBe('nobody-waiting');
    expect(asked(queue(), CALL)).toBe('nobody-waiting');
  });
});

describe('a hand', () => {
  it('is raised once, and not while speaking', () => {
    expect(asked(queue(by('raise', 'ana')), by('raise', 'ana'))).toBe('hand-already-raised');
    expect(asked(queue(by('raise', 'ana'), CALL), by('raise', 'ana'))).toBe('already-speaking');
  });

  it('may be raised again after a turn', () => {
    expect(asked(queue(by('raise', 'ana'), CALL, done('ana')), by('raise', 'ana'))).toBe('allowed');
  });
});

describe('a pass', () => {
  it('needs no hand, and is kept as a pass', () => {
    expect(queue(by('pass', 'ana'))).toMatchObject([{ personId: 'ana', state: 'passed' }]);
  });

  it('takes the hand down, and gives the floor back', () => {
    expect(inLine(queue(by('raise', 'ana'), by('pass', 'ana')))).toEqual([]);
    expect(speaking(queue(by('raise', 'ana'), CALL, by('pass', 'ana')))).toBeUndefined();
  });

  it('never stands among what is missing', () => {
    expect(notYetHeard(queue(by('pass', 'ana')), ['ana', 'ben'])).toEqual(['ben']);
  });

  it('does not keep anybody from speaking afterwards, before those who have been heard', () => {
    const turns = queue(
      by('pass', 'ana'),
      by('raise', 'ben'),
      CALL,
      done('ben'),
      by('raise', 'ben'),
      by('raise', 'ana'),
    );
    expect(inLine(turns)).toEqual(['ana', 'ben']);
  });
});

describe('“come back to me”', () => {
  it('goes to the end of the queue', () => {
    expect(inLine(queue(by('raise', 'ana'), by('raise', 'ben'), by('later', 'ana')))).toEqual(['ben', 'ana']);
  });

  it('gives the floor back, and does not count as having been heard', () => {
    const turns = queue(by('raise', 'ana'), by('raise', 'ben'), CALL, by('later', 'ana'));
    expect(speaking(turns)).toBeUndefined();
    expect(inLine(turns)).toEqual(['ben', 'ana']);
    expect(notYetHeard(turns, ['ana', 'ben'])).toEqual(['ana', 'ben']);
  });

  it('raises the hand of somebody who had not', () => {
    expect(inLine(queue(by('later', 'ana')))).toEqual(['ana']);
  });
});

describe('being done', () => {
  it('is for the one who speaks', () => {
    const turns = queue(by('raise', 'ana'), by('raise', 'ben'), CALL);
    expect(asked(turns, done('ben'))).toBe('not-speaking');
    expect(asked(turns, done('ana'))).toBe('allowed');
  });
});
