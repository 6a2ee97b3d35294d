/** The plan that brings rooms from how they stand to how they ought to be, as values. */
import { describe, expect, it } from 'vitest';
import { INVITED } from '../../../src/adapters/discord/permissions.ts';
import {
  type ActualRoom,
  planRooms,
  type RoomsAround,
  type WantedRoom,
  wantedRoom,
} from '../../../src/adapters/discord/plan-rooms.ts';
import type { Room, RoomKind } from '../../../src/core/rooms.ts';

const BOT = { guildId: '1', account: '2', held: INVITED };
const GUESTS = [{ account: '3', right: 'lead' as const }];
const ROOMS: readonly Room[] = [
  { kind: 'staff', name: 'staff-room', guests: GUESTS },
  { kind: 'category', name: 'Tuesday', guests: GUESTS },
  { kind: 'voice', name: 'group-voice', guests: GUESTS, seats: 13 },
];
const WANTED = ROOMS.map((room) => wantedRoom(room, BOT));

const wanted = (kind: RoomKind): WantedRoom =>
  WANTED.find((one) => one.kind === kind) ?? expect.fail(`no ${kind}`);

const standing = (kind: RoomKind, id: string, more: Partial<ActualRoom> = {}): ActualRoom => ({
  ...wanted(kind),
  id,
  parentId: kind === 'category' ? null : '10',
  ...more,
});

const ALL = [standing('category', '10'), standing('voice', '11'), standing('staff', '12')];
const KNOWN = [
  { kind: 'category' as const, channelId: '10' },
  { kind: 'voice' as const, channelId: '11' },
  { kind: 'staff' as const, channelId: '12' },
];
const around = (more: Partial<RoomsAround> = {}): RoomsAround => ({
  actual: ALL,
  known: KNOWN,
  taken: new Set(),
  account: BOT.account,
  ...more,
});

const told = (surroundings: RoomsAround) =>
  planRooms(WANTED, surroundings).map(({ wanted: { kind }, standing: id, found, change }) => ({
    kind,
    ...(id === undefined ? { make: true } : { id }),
    ...(found ? { found } : {}),
    ...(change ? { change: Object.keys(change) } : {}),
  }));

describe('a plan', () => {
  it('makes everything where nothing stands, the category first', () => {
    expect(told(around({ actual: [], known: [] }))).toEqual([
      { kind: 'category', make: true },
      { kind: 'staff', make: true },
      { kind: 'voice', make: true },
    ]);
  });

  it('changes nothing where everything stands', () => {
    expect(planRooms(WANTED, around()).every(({ change, found }) => !change && !found)).toBe(true);
  });

  it('changes only what differs, in one change a room', () => {
    const actual = [
      standing('category', '10'),
      standing('voice', '11', { userLimit: 5, name: 'lounge' }),
      standing('staff', '12', { overwrites: [], parentId: null }),
    ];
    expect(told(around({ actual }))).toEqual([
      { kind: 'category', id: '10' },
      { kind: 'staff', id: '12', change: ['overwrites', 'parent'] },
      { kind: 'voice', id: '11', change: ['name', 'userLimit'] },
    ]);
  });

  it('does not mind in which order Discord lists the overwrites', () => {
    const actual = ALL.map((room) => ({ ...room, overwrites: room.overwrites.toReversed() }));
    expect(planRooms(WANTED, around({ actual })).some(({ change }) => change)).toBe(false);
  });

  it('finds what was made and not remembered', () => {
    expect(told(around({ known: [] }))).toEqual([
      { kind: 'category', id: '10', found: true },
      { kind: 'staff', id: '12', found: true },
      { kind: 'voice', id: '11', found: true },
    ]);
  });

  it.each([
    ['bears no overwrite of ours', standing('staff', '12', { overwrites: [] })],
    ['stands elsewhere', standing('staff', '12', { parentId: '99' })],
    ['is called otherwise', standing('staff', '12', { name: 'staff' })],
    ['is another kind of room', standing('staff', '12', { type: 2 })],
  ])('takes no room for its own that %s', (_, stranger) => {
    const known = KNOWN.filter(({ kind }) => kind !== 'staff');
    const actual = [standing('category', '10'), standing('voice', '11'), stranger];
    expect(told(around({ actual, known }))).toContainEqual({ kind: 'staff', make: true });
  });

  it('takes no room that belongs to somebody else', () => {
    expect(told(around({ known: [], taken: new Set(['10']) }))[0]).toEqual({ kind: 'category', make: true });
  });

  it('makes anew what stands no more, and what is no longer the kind of room that it was', () => {
    const actual = [standing('category', '10'), standing('voice', '11', { type: 13 })];
    expect(told(around({ actual }))).toEqual([
      { kind: 'category', id: '10' },
      { kind: 'staff', make: true },
      { kind: 'voice', make: true },
    ]);
  });

  it('puts the rooms under a category that must be made anew', () => {
    const actual = ALL.slice(1).map((room) => ({ ...room, parentId: null }));
    expect(told(around({ actual }))).toEqual([
      { kind: 'category', make: true },
      { kind: 'staff', id: '12', change: ['parent'] },
      { kind: 'voice', id: '11', change: ['parent'] },
    ]);
  });
});
