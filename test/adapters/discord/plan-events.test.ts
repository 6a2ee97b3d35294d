/** Which calls bring a calendar to what is desired: as few as can be, and never a beginning in the past. */
import { describe, expect, it } from 'vitest';
import {
  type ActualEvent,
  type EventStep,
  type EventsAround,
  planEvents,
} from '../../../src/adapters/discord/plan-events.ts';
import { after, HOUR } from '../../../src/core/time.ts';
import type { DesiredEvent } from '../../../src/ports/calendar-events.ts';

const NOW = new Date('2026-05-04T16:00:00.000Z');
const inHours = (hours: number): Date => after(NOW, hours * HOUR);

/** At this many hours from now, one hour and a half long. */
const wanted = (id: string, hours: number, more: Partial<DesiredEvent> = {}): DesiredEvent => ({
  occurrenceId: id,
  channelId: 'voice',
  title: 'Tuesday',
  startsAt: inHours(hours),
  endsAt: inHours(hours + 1.5),
  ...more,
});

const stands = (id: string, hours: number, more: Partial<ActualEvent> = {}): ActualEvent => ({
  id,
  own: true,
  channelId: 'voice',
  name: 'Tuesday',
  startsAt: inHours(hours),
  endsAt: inHours(hours + 1.5),
  active: false,
  plain: true,
  ...more,
});

const ref = (occurrenceId: string, eventId: string) => ({ occurrenceId, eventId });

const plan = (desired: readonly DesiredEvent[], around: Partial<EventsAround> = {}) =>
  planEvents(desired, { actual: [], known: [], now: NOW, ...around });

/** The steps in a few words. */
const told = (steps: readonly EventStep[]): readonly string[] =>
  steps.map((step) => {
    if (step.kind === 'make') return `make ${step.wanted.occurrenceId}`;
    if (step.kind === 'forget') return `forget ${step.occurrenceId}`;
    if (step.kind === 'remove') return `remove ${step.event.id}`;
    const changed = Object.keys(step.change ?? {}).join(' ');
    return [step.found ? 'adopt' : 'keep', step.event.id, ...(changed ? [changed] : [])].join(' ');
  });

describe('an event that does not stand', () => {
  it('is made, the soonest first', () => {
    expect(told(plan([wanted('b', 50), wanted('a', 2)]))).toEqual(['make a', 'make b']);
  });

  it('is made again when somebody took it away', () => {
    expect(told(plan([wanted('a', 2)], { known: [ref('a', '1')] }))).toEqual(['make a']);
  });

  it('is not made when its time has come, and is forgotten where it was known', () => {
    expect(told(plan([wanted('a', 0), wanted('b', -1)], { known: [ref('b', '1')] }))).toEqual(['forget b']);
  });
});

describe('an event that stands', () => {
  it('as it ought to is left alone', () => {
    const around = { actual: [stands('1', 2)], known: [ref('a', '1')] };
    expect(told(plan([wanted('a', 2)], around))).toEqual(['keep 1']);
    expect(told(plan([wanted('a', 2, { title: '  Tuesday ' })], around))).toEqual(['keep 1']);
  });

  it('is put right where somebody changed it, in one call', () => {
    const meddled = stands('1', 3, { name: 'Party', channelId: 'other', plain: false });
    expect(told(plan([wanted('a', 2)], { actual: [meddled], known: [ref('a', '1')] }))).toEqual([
      'keep 1 name channelId startsAt endsAt plain',
    ]);
  });

  it('that has begun keeps its beginning, its room, and whether somebody has begun it', () => {
    const known = [ref('a', '1')];
    const begun = stands('1', -1, { name: 'Party', endsAt: inHours(9), active: true, plain: false });
    expect(told(plan([wanted('a', -1)], { actual: [begun], known }))).toEqual(['keep 1 name endsAt']);
    const early = stands('1', 2, { active: true });
    expect(told(plan([wanted('a', 3)], { actual: [early], known }))).toEqual(['keep 1 endsAt']);
  });

  it('that was put at another time until its own had come cannot be put right, and goes', () => {
    const moved = stands('1', 5);
    expect(told(plan([wanted('a', -1)], { actual: [moved], known: [ref('a', '1')] }))).toEqual(['remove 1']);
  });

  it('is taken away when it is wanted no more, or has ended', () => {
    const around = { actual: [stands('1', 2), stands('2', -2)], known: [ref('a', '1'), ref('b', '2')] };
    expect(told(plan([wanted('b', -2)], around))).toEqual(['remove 1', 'remove 2']);
  });

  it('is forgotten when it went by itself', () => {
    expect(told(plan([], { known: [ref('a', '1')] }))).toEqual(['forget a']);
  });
});

describe('an event of our own that nobody knows', () => {
  it('is kept for the occurrence at its time in its room', () => {
    expect(told(plan([wanted('a', 2)], { actual: [stands('1', 2)] }))).toEqual(['adopt 1']);
  });

  it('is kept once, and goes when it stands twice, or for nothing', () => {
    const actual = [stands('1', 2), stands('2', 2), stands('3', 7)];
    expect(told(plan([wanted('a', 2)], { actual }))).toEqual(['remove 2', 'remove 3', 'adopt 1']);
  });

  it('is never taken from another occurrence', () => {
    const around = { actual: [stands('1', 2)], known: [ref('a', '1')] };
    expect(told(plan([wanted('a', 2), wanted('b', 2)], around))).toEqual(['keep 1', 'make b']);
  });

  it('in a room of which nothing is asked is left alone', () => {
    expect(told(plan([wanted('a', 2)], { actual: [stands('1', 2, { channelId: 'other' })] }))).toEqual([
      'make a',
    ]);
  });
});

it('an event of somebody else is never touched', () => {
  const foreign = stands('1', 2, { own: false });
  expect(told(plan([wanted('a', 2)], { actual: [foreign] }))).toEqual(['make a']);
});
