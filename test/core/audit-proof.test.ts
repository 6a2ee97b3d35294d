/** Whatever is done to a chain behind Hearth’s back is found, and its first bad entry is named. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, BEGINNING, chained, type Happened, type Seal } from '../../src/core/audit.ts';
import {
  arrived,
  type BadEntry,
  CHECKPOINT_EVERY,
  type Checkpoint,
  isGenuine,
  needsCheckpoint,
  SETTING_OUT,
  type Seen,
  sealedCheckpoint,
  walkOn,
} from '../../src/core/audit-proof.ts';
import { DAY, HOUR, after as later } from '../../src/core/time.ts';

const START = new Date('2026-05-04T16:00:00.000Z');

const sealWith =
  (keys: Readonly<Record<string, string>>): Seal =>
  (name, text) => {
    const key = keys[name];
    return key === undefined ? undefined : createHmac('sha256', key).update(text).digest('hex');
  };
const seal = sealWith({ first: 'one key', second: 'another' });
const forged = sealWith({ first: 'a guess' });

const happened = (index: number): Happened => ({
  at: later(START, index * HOUR),
  actor: index % 3 === 0 ? null : `A-${index % 7}`,
  role: index % 3 === 0 ? 'hearth' : 'lead',
  source: 'slash',
  command: 'goal list',
  action: index % 2 === 0 ? 'read' : 'change',
  kind: 'goal',
  object: `goal-${index}`,
  cohort: null,
  subject: `A-${index % 5}`,
  outcome: 'done',
});

/** A chain of so many, of which the first half was sealed with a key that is no longer the current one. */
const chainOf = (length: number, sealer: Seal = seal, second = 'second'): readonly AuditEntry[] => {
  const half = Math.floor(length / 2);
  const all = Array.from({ length }, (_none, index) => happened(index));
  const first = chained('guild', BEGINNING, all.slice(0, half), 'first', sealer);
  return [...first, ...chained('guild', first.at(-1) ?? BEGINNING, all.slice(half), second, sealer)];
};

const NOTHING_SEEN: Seen = new Map();

const badIn = (entries: readonly AuditEntry[], seen: Seen = NOTHING_SEEN): BadEntry | undefined =>
  arrived(
    // Read by number, as from the database.
    entries
      .toSorted((one, other) => one.number - other.number)
      .reduce((walk, each) => walkOn(walk, each, seal, seen), SETTING_OUT),
    seen,
  ).bad;

const swapped = (entries: readonly AuditEntry[], one: number, other: number): readonly AuditEntry[] =>
  entries.map((entry) => {
    if (entry.number !== one && entry.number !== other) return entry;
    const from = entries.find(({ number }) => number === (entry.number === one ? other : one));
    return { ...(from ?? entry), number: entry.number };
  });

/** Somebody who has learnt how entries are made, and has no key. */
const relinked = (entries: readonly AuditEntry[], from: number, sealer: Seal): readonly AuditEntry[] => {
  const kept = entries.filter(({ number }) => number < from);
  const rest = entries.filter(({ number }) => number >= from);
  return [...kept, ...chained('guild', kept.at(-1) ?? BEGINNING, rest, 'first', sealer)];
};

const EDITS: readonly (keyof Happened)[] = [
  'actor',
  'role',
  'action',
  'object',
  'subject',
  'outcome',
  'command',
];

interface Tampered {
  readonly entries: readonly AuditEntry[];
  /** Number of the first entry that is not as it was written. */
  readonly first: number;
}

/** What somebody may do to a chain who can write to the database and has no key. */
const MUTATIONS: Readonly<
  Record<string, (entries: readonly AuditEntry[], at: number, other: number) => Tampered>
> = {
  edit: (entries, at, other) => {
    const field = EDITS[other % EDITS.length] ?? 'actor';
    return {
      entries: entries.map((entry) => (entry.number === at ? { ...entry, [field]: 'A-999' } : entry)),
      first: at,
    };
  },
  'move in time': (entries, at) => ({
    entries: entries.map((entry) => (entry.number === at ? { ...entry, at: later(entry.at, 1) } : entry)),
    first: at,
  }),
  'delete in the middle': (entries, at) => ({
    entries: entries.filter(({ number }) => number !== at),
    first: at,
  }),
  'delete and number anew': (entries, at) => ({
    entries: entries
      .filter(({ number }) => number !== at)
      .map((entry) => (entry.number > at ? { ...entry, number: entry.number - 1 } : entry)),
    first: at,
  }),
  swap: (entries, at, other) => ({ entries: swapped(entries, at, other), first: Math.min(at, other) }),
  'insert a copy': (entries, at, other) => {
    const copy = entries[other - 1];
    return {
      entries: entries.flatMap((entry) => {
        if (entry.number < at) return [entry];
        const moved = { ...entry, number: entry.number + 1 };
        return entry.number === at && copy ? [{ ...copy, number: at }, moved] : [moved];
      }),
      // A copy of the very entry that stood here stands here.
      first: other === at ? at + 1 : at,
    };
  },
  'rewrite without the key': (entries, at) => ({ entries: relinked(entries, at, forged), first: at }),
};

describe('a chain that nobody has touched', () => {
  it('is sound, also where it was sealed with more than one key', () => {
    for (const length of [0, 1, 2, 50]) expect(badIn(chainOf(length))).toBeUndefined();
  });
});

describe('a chain that somebody has tampered with', () => {
  it('is found out in each of 1,000 random cases, and the first bad entry is named', () => {
    const cases = fc.record({
      length: fc.integer({ min: 4, max: 40 }),
      how: fc.constantFrom(...Object.keys(MUTATIONS)),
      at: fc.nat(),
      other: fc.nat(),
    });
    const met = new Set<string>();
    fc.assert(
      fc.property(cases, ({ length, how, at, other }) => {
        const one = 1 + (at % (length - 1));
        const two = how === 'edit' ? other : 1 + (other % length);
        fc.pre(how !== 'swap' || one !== two);
        met.add(how);
        const tampered = MUTATIONS[how]?.(chainOf(length), one, two);
        expect(badIn(tampered?.entries ?? [])?.number).toBe(tampered?.first);
      }),
      { numRuns: 1_000 },
    );
    expect(met.size).toBe(Object.keys(MUTATIONS).length);
  });

  it('tells what is wrong with its first bad entry', () => {
    const chain = chainOf(10);
    const fault = (how: string) => badIn(MUTATIONS[how]?.(chain, 4, 7).entries ?? [])?.fault;
    expect(fault('edit')).toBe('changed');
    expect(fault('delete in the middle')).toBe('missing');
    expect(fault('delete and number anew')).toBe('changed');
    expect(fault('swap')).toBe('changed');
    expect(fault('rewrite without the key')).toBe('changed');
    const elsewhere = chained('guild', { number: 3, hash: 'f'.repeat(64) }, [happened(3)], 'first', seal);
    expect(badIn([...chain.slice(0, 3), ...elsewhere, ...chain.slice(4)])).toEqual({
      number: 4,
      fault: 'moved',
    });
    const strange = chain.map((entry) => (entry.number === 4 ? { ...entry, key: 'third' } : entry));
    expect(badIn(strange)).toEqual({ number: 4, fault: 'unknown-key' });
  });
});

describe('a checkpoint', () => {
  const seenOf = (chain: readonly AuditEntry[], number: number): Seen =>
    new Map([[number, chain.filter((entry) => entry.number === number).map(({ hash }) => hash)]]);

  it('shows in each of 1,000 random cases that the end of a chain was cut off before it, or that its key-holder wrote it anew', () => {
    const cases = fc.record({
      length: fc.integer({ min: 2, max: 40 }),
      at: fc.nat(),
      cut: fc.nat(),
      anew: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ length, at, cut, anew }) => {
        const chain = chainOf(length);
        const seenAt = 1 + (at % length);
        const seen = seenOf(chain, seenAt);
        if (anew) {
          const changed = chain.map((entry) => (entry.number === 1 ? { ...entry, actor: 'A-999' } : entry));
          const bad = badIn(relinked(changed, 1, seal), seen);
          expect(bad).toEqual({ number: seenAt, fault: 'rewritten' });
        } else {
          const last = cut % seenAt;
          expect(badIn(chain.slice(0, last), seen)).toEqual({ number: last + 1, fault: 'cut' });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('says nothing of what came after it', () => {
    const chain = chainOf(10);
    expect(badIn(chain, seenOf(chain, 6))).toBeUndefined();
    expect(badIn(chain.slice(0, 6), seenOf(chain, 6))).toBeUndefined();
  });

  const facts = {
    chain: 'guild',
    number: 7,
    hash: 'a'.repeat(64),
    count: 7,
    at: START.toISOString(),
    key: 'first',
  };

  it('is Hearth’s own as long as nothing of it is changed', () => {
    const genuine = sealedCheckpoint(facts, seal);
    expect(isGenuine(genuine, seal)).toBe(true);
    const changed: Partial<Checkpoint>[] = [
      ...[{ chain: 'other' }, { number: 6 }, { hash: 'b'.repeat(64) }, { count: 6 }],
      ...[{ at: later(START, 1).toISOString() }, { key: 'second' }, { key: 'none' }, { mac: 'c'.repeat(64) }],
    ];
    for (const change of changed) expect(isGenuine({ ...genuine, ...change }, seal)).toBe(false);
  });

  it('is due at once, after so many entries, and once a day where there is anything new', () => {
    const last = sealedCheckpoint(facts, seal);
    const due = (number: number, hours: number, before: Checkpoint | undefined = last) =>
      needsCheckpoint({ number, hash: 'd'.repeat(64) }, before, later(START, hours * HOUR));
    expect(needsCheckpoint({ number: 1, hash: '' }, undefined, START)).toBe(true);
    expect(needsCheckpoint(BEGINNING, undefined, START)).toBe(false);
    expect(due(8, 1)).toBe(false);
    expect(due(7 + CHECKPOINT_EVERY, 1)).toBe(true);
    expect(due(8, 9)).toBe(true);
    expect(due(7, DAY / HOUR)).toBe(false);
  });
});
