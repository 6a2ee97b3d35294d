/** How long each speaks: stretches that belong together are one, and what is no speaking is not counted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agreement } from '../../src/core/agreement.ts';
import { USUAL_SETTINGS } from '../../src/core/cohort.ts';
import {
  addStretch,
  countsTalk,
  heardInCall,
  LEAST,
  PAUSE,
  type Spoken,
  sharesOf,
  spokenMs,
} from '../../src/core/talk-time.ts';
import { START } from './given.ts';

const at = (ms: number): Date => new Date(START.getTime() + ms);
const stretch = (from: number, to: number) => ({ from: at(from), to: at(to) });
type Span = readonly [from: number, to: number];

const counted = (spans: readonly Span[]): number => {
  const spoken = spans.reduce<Spoken | undefined>(
    (before, [from, to]) => addStretch(before, 'ana', stretch(from, to)),
    undefined,
  );
  return spoken ? spokenMs(spoken) : 0;
};

/** The same, by painting every millisecond in which somebody spoke or paused only shortly. */
const painted = (spans: readonly Span[]): number => {
  const last = Math.max(0, ...spans.map(([, to]) => to));
  const sounds = Array.from({ length: last }, (_, ms) => spans.some(([from, to]) => from <= ms && ms < to));
  const runs: { sounding: boolean; length: number }[] = [];
  for (const sounding of sounds) {
    const run = runs.at(-1);
    if (run?.sounding === sounding) run.length += 1;
    else runs.push({ sounding, length: 1 });
  }
  const stretches: number[] = [];
  runs.forEach(({ sounding, length }, index) => {
    const bridged = !sounding && index > 0 && length < PAUSE;
    if (!sounding && !bridged) stretches.push(0);
    else stretches.push((stretches.pop() ?? 0) + length);
  });
  return stretches.filter((ms) => ms >= LEAST).reduce((sum, ms) => sum + ms, 0);
};

/** Stretches one after the other, as a call tells of them. */
const spans = fc
  .array(fc.record({ pause: fc.integer({ min: 1, max: 3_000 }), ms: fc.integer({ min: 1, max: 1_200 }) }), {
    maxLength: 8,
  })
  .map((steps) => {
    let now = 0;
    return steps.map(({ pause, ms }): Span => {
      const from = now + pause;
      now = from + ms;
      return [from, now];
    });
  });

describe('what somebody has spoken', () => {
  it('is what painting every millisecond tells, too', () => {
    fc.assert(
      fc.property(spans, (each) => void expect(counted(each)).toBe(painted(each))),
      { numRuns: 60 },
    );
  });

  it('bridges the pauses between words, and not those between thoughts', () => {
    expect(
      counted([
        [0, 500],
        [1_999, 3_000],
      ]),
    ).toBe(3_000);
    expect(
      counted([
        [0, 500],
        [2_000, 3_000],
      ]),
    ).toBe(1_500);
  });

  it('leaves out a cough', () => {
    expect(counted([[0, 299]])).toBe(0);
    expect(
      counted([
        [0, 299],
        [5_000, 6_000],
      ]),
    ).toBe(1_000);
  });

  it('counts nothing twice that is told of twice', () => {
    const said: readonly Span[] = [
      [0, 1_000],
      [4_000, 5_000],
    ];
    expect(counted([...said, ...said])).toBe(counted(said));
  });
});

const spoken = (personId: string, ms: number): Spoken => ({
  personId,
  spokenMs: 0,
  last: stretch(0, ms),
});

describe('what staff see of it', () => {
  it('are shares in steps of five, in the order given', () => {
    expect(sharesOf([spoken('ana', 41_000), spoken('ben', 59_000)])).toEqual([
      { personId: 'ana', percent: 40 },
      { personId: 'ben', percent: 60 },
    ]);
    expect(sharesOf([])).toEqual([]);
    expect(sharesOf([spoken('ana', 100)])).toEqual([]);
  });

  it('is who has been heard, which takes five seconds', () => {
    expect([...heardInCall([spoken('ana', 5_000), spoken('ben', 4_999)])]).toEqual(['ana']);
  });
});

describe('talk time', () => {
  const told = 'It is counted how long each of us speaks.';
  const version = (items: readonly string[]): Agreement => {
    const words = { version: '2', locale: 'en', title: '', confirmation: '', items };
    return { version: '2', texts: [{ sha256: '', text: { ...words, allows: { 'talk-time': told } } }] };
  };
  const wanted = { ...USUAL_SETTINGS, talkTime: true };

  it('is counted only where the group wants it, Hearth is there, and everybody has signed that it may be', () => {
    const allowing = version(['Be kind.', told]);
    expect(countsTalk(wanted, [allowing])).toBe(true);
    expect(countsTalk(wanted, [version(['Be kind.'])])).toBe(false);
    expect(countsTalk(wanted, [allowing, version(['Be kind.'])])).toBe(false);
    expect(countsTalk({ ...wanted, joinsCalls: false }, [allowing])).toBe(false);
    expect(countsTalk(USUAL_SETTINGS, [allowing])).toBe(false);
  });
});
