/** Rights as bits, held against the arithmetic of the sandbox, which was written from Discord's documentation alone. */
import { describe, expect, it } from 'vitest';
import { BITS, bitsOf as named } from '../../../sandbox/permissions.ts';
import {
  bitsOf,
  INVITED,
  missingFrom,
  overwritesOf,
  REQUIRED,
} from '../../../src/adapters/discord/permissions.ts';
import { ROOM_KINDS, type Room } from '../../../src/core/rooms.ts';

const BOT = { guildId: '1', account: '2', held: INVITED };
const room = (kind: Room['kind'], right: 'read' | 'join' | 'lead'): Room => ({
  kind,
  name: 'a-room',
  guests: [{ account: '3', right }],
});

describe('a right', () => {
  it('to read lets somebody see and read, and neither write nor connect', () => {
    expect(bitsOf('welcome', 'read')).toEqual({
      allow: named('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'),
      deny: named('SEND_MESSAGES'),
    });
    expect(bitsOf('voice', 'read').deny).toBe(named('SEND_MESSAGES', 'CONNECT'));
  });

  it('to join lets somebody write, speak and show themselves', () => {
    expect(bitsOf('group', 'join').allow).toBe(
      named('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY', 'SEND_MESSAGES'),
    );
    expect(bitsOf('voice', 'join').allow).toBe(
      named('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY', 'SEND_MESSAGES', 'CONNECT', 'SPEAK', 'STREAM', 'USE_VAD'),
    );
  });

  it('to lead adds what a facilitator needs to keep a room safe, and no power over the room itself', () => {
    const more = bitsOf('voice', 'lead').allow & ~bitsOf('voice', 'join').allow;
    expect(more).toBe(named('MANAGE_MESSAGES', 'MUTE_MEMBERS', 'MOVE_MEMBERS'));
  });
});

describe('the overwrites of a room', () => {
  it('shut everybody out, let the bot in, and name each guest', () => {
    for (const kind of ROOM_KINDS) {
      const [everyone, bot, guest] = overwritesOf(room(kind, 'read'), BOT);
      expect(everyone).toMatchObject({ id: '1', type: 0, allow: 0n });
      expect((everyone?.deny ?? 0n) & named('VIEW_CHANNEL', 'CONNECT')).toBe(
        named('VIEW_CHANNEL', 'CONNECT'),
      );
      expect(bot).toMatchObject({ id: '2', type: 1, deny: 0n });
      expect(guest).toMatchObject({ id: '3', type: 1 });
    }
  });

  it('keep what happens in a room from leaving it', () => {
    const [everyone] = overwritesOf(room('voice', 'join'), BOT);
    const ways = named('CREATE_INSTANT_INVITE', 'USE_EXTERNAL_APPS', 'SEND_VOICE_MESSAGES', 'USE_SOUNDBOARD');
    expect((everyone?.deny ?? 0n) & ways).toBe(ways);
  });

  it('carry only bits that the bot holds, and never the right to manage permissions', () => {
    for (const kind of ROOM_KINDS) {
      for (const { allow, deny } of overwritesOf(room(kind, 'lead'), { ...BOT, held: REQUIRED })) {
        expect((allow | deny) & ~REQUIRED).toBe(0n);
        expect((allow | deny) & BITS.MANAGE_ROLES).toBe(0n);
      }
    }
  });

  it('name the bot once, even when it is said to be a guest', () => {
    const guests = [{ account: BOT.account, right: 'join' as const }];
    expect(overwritesOf({ kind: 'group', name: 'a', guests }, BOT)).toHaveLength(2);
  });
});

describe('what the bot holds', () => {
  it('is enough when it was invited with our link, or is an administrator', () => {
    expect(missingFrom(INVITED)).toEqual([]);
    expect(missingFrom(BITS.ADMINISTRATOR)).toEqual([]);
  });

  it('is told by the names that Discord shows when something lacks', () => {
    expect(missingFrom(INVITED & ~named('MANAGE_ROLES', 'MOVE_MEMBERS'))).toEqual([
      'Move Members',
      'Manage Roles',
    ]);
  });
});
