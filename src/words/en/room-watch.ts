/** What staff are told about their rooms: what was put right in them, and what Hearth cannot change. */
import type { Announcement } from '../../core/board.ts';
import type { Finding } from '../../core/room-finding.ts';
import type { RepairKind } from '../../core/room-repair.ts';
import { literal, mention, moment } from '../markup.ts';
import { RISK_TEXTS } from './doctor.ts';
import { counted, listed } from './list.ts';
import { roomName } from './room-names.ts';

const REPAIRS: Readonly<Record<RepairKind, string>> = {
  people: 'who may do what in a room',
  room: 'a room that was deleted',
  name: 'the name of a room',
  place: 'where a room stands',
  seats: 'how many people a voice room holds',
  invitation: 'an invitation into a room',
  webhook: 'a webhook in a room',
};

type Said<Kind extends Announcement['kind']> = Extract<Announcement, { kind: Kind }>;

/** One line, however much it was. */
export const roomsRepaired = ({ repairs, from, to }: Said<'rooms-repaired'>): string => {
  const [first, last] = [new Date(from), new Date(to)];
  const when = from === to ? moment(first) : `${moment(first)} to ${moment(last, 't')}`;
  const what = repairs.map(({ what: kind, count }) =>
    count === 1 ? REPAIRS[kind] : `${REPAIRS[kind]} (${count} times)`,
  );
  return `Somebody changed rooms of this group by hand (${when}), and Hearth has put them right: ${listed(what)}. Discord’s audit log tells the people who manage this server who it was.`;
};

const findingLine = (finding: Finding): string => {
  switch (finding.kind) {
    case 'owner':
      return `${mention(finding.account)} owns this server, and sees every room.`;
    case 'administrators': {
      const { role, bearers } = finding;
      return `The role ${literal(role)} has Administrator, so that ${counted(bearers, 'person sees', 'people see')} every room.`;
    }
    case 'bot':
      return `The bot ${mention(finding.account)} has Administrator, so that it reads every room.`;
    case 'hearth-administrator':
      return 'Hearth itself has Administrator, which it never asks for and does not need. Please have it taken away.';
    case 'rights-missing':
      return `This server does not give Hearth ${listed(finding.rights.map(literal))}, so that it cannot deny these to others.`;
    case 'thread':
      return `A thread stands open in ${roomName(finding.room)}, and Hearth may not close it.`;
    case 'risk':
      return RISK_TEXTS[finding.risk];
  }
};

/** So many at once: a message holds no more, and `/doctor` tells all. */
const MOST = 5;

/** What a look at the rooms found. */
export const roomsLookedAt = ({ news }: Said<'rooms-looked-at'>): string =>
  [
    'Hearth looked at who gets into the rooms of this group. It cannot change this, and you should know it:',
    ...news.slice(0, MOST).map((finding) => `- ${findingLine(finding)}`),
    ...(news.length > MOST ? [`- And ${counted(news.length - MOST, 'thing', 'things')} more.`] : []),
    'The people who manage this server see everything with `/doctor`.',
  ].join('\n');
