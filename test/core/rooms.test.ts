/** Which rooms are open to whom. */
import { describe, expect, it } from 'vitest';
import type { Signature } from '../../src/core/agreement.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import { desiredRooms, type RoomKind } from '../../src/core/rooms.ts';
import { aCohort, at, member } from './given.ts';

const signature = (name: string, but: Partial<Signature> = {}): Signature => ({
  id: `signature-${name}`,
  membershipId: `membership-${name}`,
  consentRound: 1,
  version: '1',
  sha256: 'text',
  locale: 'en',
  signedAt: at(-10),
  method: 'form',
  ...but,
});

/** Ana has signed, Ben has not. */
const rooms = (but: Partial<Cohort> = {}, signatures = [signature('ana')]) =>
  desiredRooms(aCohort(but), [member('ana'), member('ben')], signatures, {
    sha256s: ['text'],
    consentRound: but.consentRound ?? 1,
  });

const rightIn = (kind: RoomKind, name: string, ...[but, signatures]: Parameters<typeof rooms>) =>
  rooms(but, signatures)
    .find((room) => room.kind === kind)
    ?.guests.find(({ account }) => account === `account-${name}`)?.right;

describe('a room for testing a microphone', () => {
  const checkRoom = (account: string | undefined, but: Partial<Cohort> = {}) =>
    desiredRooms(
      aCohort(but),
      [member('ana')],
      [],
      { sha256s: ['text'], consentRound: 1 },
      { checks: [{ number: 2, ...(account !== undefined && { account }) }] },
    ).find(({ kind }) => kind === 'check-voice');

  it('is seen by whoever has it, signed or not, and by staff only when it is theirs', () => {
    expect(checkRoom('account-ana')).toMatchObject({
      name: 'microphone-2',
      number: 2,
      seats: 2,
      guests: [{ account: 'account-ana', right: 'speak' }],
    });
    expect(checkRoom('account-lea')?.guests).toEqual([{ account: 'account-lea', right: 'speak' }]);
  });

  it('is nobody’s when nobody has it, when whoever has it left the group, and when the group has ended', () => {
    const closed = { guests: [], idle: true };
    expect(checkRoom(undefined)).toMatchObject(closed);
    expect(checkRoom('account-ben')).toMatchObject(closed);
    expect(checkRoom('account-ana', { state: 'archived' })).toMatchObject(closed);
  });
});

describe('the rooms of a cohort', () => {
  it('are open to those who have signed', () => {
    expect(rightIn('group', 'ana')).toBe('join');
    expect(rightIn('voice', 'ana')).toBe('join');
    expect(rightIn('staff', 'ana')).toBeUndefined();
  });

  it('are shut to those who have not, but for the welcome room', () => {
    expect(rightIn('group', 'ben')).toBeUndefined();
    expect(rightIn('voice', 'ben')).toBeUndefined();
    expect(rightIn('welcome', 'ben')).toBe('read');
  });

  it('shut again on whoever withdraws', () => {
    expect(rightIn('group', 'ana', {}, [signature('ana', { withdrawnAt: at(-1) })])).toBeUndefined();
  });

  it('shut on everybody until they sign again when consent is asked anew', () => {
    expect(rightIn('group', 'ana', { consentRound: 2 })).toBeUndefined();
    expect(rightIn('group', 'lea', { consentRound: 2 })).toBe('lead');
  });

  it('are led by both facilitators', () => {
    for (const kind of ['welcome', 'group', 'voice', 'staff'] as const) {
      expect([rightIn(kind, 'lea'), rightIn(kind, 'cem')]).toEqual(['lead', 'lead']);
    }
  });

  it('are left to staff, for reading, when the cohort is archived', () => {
    const archived = rooms({ state: 'archived' }).flatMap(({ guests }) => guests);
    expect(new Set(archived.map(({ account, right }) => `${account} ${right}`))).toEqual(
      new Set(['account-lea read', 'account-cem read']),
    );
  });

  it('have seats for the group, its staff and the bot', () => {
    expect(rooms().find(({ kind }) => kind === 'voice')?.seats).toBe(8 + 2 + 1);
  });

  it('name nobody, and nothing that the group is about', () => {
    expect(rooms().map(({ name }) => name)).toEqual([
      'birch',
      'welcome',
      'group-room',
      'group-voice',
      'staff-room',
      'aside',
    ]);
  });
});
