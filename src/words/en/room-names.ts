/** What the rooms of a group are called where they are spoken of. */
import type { RoomId, RoomKind } from '../../core/rooms.ts';

const NAMES: Readonly<Record<RoomKind, string>> = {
  category: 'the group’s heading',
  welcome: 'the welcome room',
  group: 'the group room',
  voice: 'the voice room',
  staff: 'the staff room',
  'one-to-one': 'the room of two people',
  'one-to-one-voice': 'the voice room of two people',
  'aside-voice': 'the room beside the group',
  'check-voice': 'the room for microphone tests',
};

/** A room within a sentence. */
export const roomName = ({ kind, number }: RoomId): string =>
  `${NAMES[kind]}${number === undefined ? '' : ` ${number}`}`;
