/** Who has Hearth's one place in the voice of a server. */
import { describe, expect, it } from 'vitest';
import { type Claim, type GroupClaim, seatOf } from '../../src/core/seat.ts';
import { at } from './given.ts';

const group = (kind: 'session' | 'lobby', id: string, minutes: number): GroupClaim => ({
  ...{ kind, id, guildId: 'guild', cohortId: `cohort-${id}`, channelId: `voice-${id}` },
  since: at(minutes),
});
const check = (id: string, minutes: number): Claim => ({
  ...{ kind: 'check', id, guildId: 'guild', cohortId: 'cohort', channelId: `check-${id}`, account: 'ana' },
  since: at(minutes),
});

describe('the place in the voice of a server', () => {
  it('is nobody’s while nobody wants it', () => {
    expect(seatOf([])).toBeUndefined();
  });

  it('goes to a session before a lobby, and to a lobby before somebody who tests a microphone', () => {
    const [session, lobby, testing] = [group('session', 'a', 5), group('lobby', 'b', 1), check('c', -60)];
    expect(seatOf([testing, lobby, session])).toBe(session);
    expect(seatOf([testing, lobby])).toBe(lobby);
    expect(seatOf([testing])).toBe(testing);
  });

  it('stays with the session that had it when another is opened', () => {
    const [first, second] = [group('session', 'b', 0), group('session', 'a', 3)];
    expect(seatOf([second, first])).toBe(first);
  });

  it('goes to everybody else before a session in whose room nobody is', () => {
    const empty: GroupClaim = { ...group('session', 'a', 0), isEmpty: true };
    const [second, lobby, testing] = [group('session', 'b', 3), group('lobby', 'c', 4), check('d', 5)];
    for (const other of [second, lobby, testing]) expect(seatOf<Claim>([empty, other])).toBe(other);
    expect(seatOf([empty])).toBe(empty);
  });

  it('goes to whoever has waited longest to test a microphone, and is never undecided', () => {
    expect(seatOf([check('c', 2), check('b', 1), check('a', 1)])?.id).toBe('a');
  });
});
