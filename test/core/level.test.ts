/** What a reading of a microphone is called. */
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/core/level.ts';

const reading = (dBFS: number, but = {}) =>
  classify({ heardMs: 5_000, dBFS, peakDBFS: Math.min(0, dBFS + 15), clipped: 0, ...but });

describe('speech at a microphone', () => {
  it.each([
    [-26, 'good'],
    [-12, 'good'],
    [-36, 'good'],
    [-37, 'quiet'],
    [-48, 'quiet'],
    [-49, 'very-quiet'],
    [-60, 'very-quiet'],
    [-61, 'nothing'],
    [-100, 'nothing'],
    [-5, 'clipping'],
  ])('of %i dBFS is %s', (dBFS, level) => {
    expect(reading(dBFS)).toBe(level);
  });

  it('clips where one sample in a thousand is at the edge, however quiet the rest', () => {
    expect(reading(-20, { clipped: 0.001 })).toBe('clipping');
    expect(reading(-20, { clipped: 0.0009 })).toBe('good');
  });

  it('is nothing when hardly any sound arrived, and a click is none', () => {
    expect(reading(-20, { heardMs: 0 })).toBe('nothing');
    expect(reading(-20, { heardMs: 299 })).toBe('nothing');
  });
});
