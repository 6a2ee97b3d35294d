/** The week of the programme: who meets when, what people do at each meeting, and in what moments it passes. */
import type { Reminder } from '../../../src/core/milestone.ts';
import { DAY, HOUR, momentsOfWeek, nextChange, type Wall, wallAt } from './wall.ts';

const MINUTE = 60_000;

/** The clocks of the first two change in the same night, and of some others in most years. */
const ZONES = [
  'America/New_York',
  'America/Havana',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Halifax',
  'America/St_Johns',
  'America/Phoenix',
  'America/Sao_Paulo',
  'Atlantic/Azores',
  'Europe/London',
  'Europe/Madrid',
  'Africa/Johannesburg',
  'Asia/Tehran',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Adelaide',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
] as const;

/** Hours after the first midnight (UTC) at which many meet at the same time, in pairs: the two meetings of a group. */
const TOGETHER = [
  [17, 90],
  [46, 103.5],
  [61, 150],
] as const;

/** In the night in which the clocks change: times that are on the wall never, or twice. */
const IN_THE_NIGHT: readonly Wall[] = [
  { weekday: 0, time: '02:30' },
  { weekday: 0, time: '00:30' },
];

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

export type Opener = 'lead' | 'coFacilitator' | 'nobody';
export type Coming = 'comes' | 'told' | 'silent';

export interface Group {
  readonly name: string;
  readonly zone: string;
  /** As the lead types it. */
  readonly when: string;
  readonly firstDate: string;
  readonly lead: string;
  readonly coFacilitator: string;
  /** Always comes. */
  readonly steady: string;
  /** Comes, tells that they cannot, or stays away. */
  readonly varying: string;
  /** Who of the two asks to be reminded by direct message. */
  readonly direct: readonly string[];
  readonly meetings: readonly Meeting[];
}

export interface Meeting {
  /** Milliseconds since 1970, as the oracle names it. */
  readonly at: number;
  readonly opener: Opener;
  readonly coming: Coming;
}

export const SESSION = 60 * MINUTE;

/** How long before a meeting each reminder is due, in milliseconds. */
export const BEFORE: Readonly<Record<Reminder, number>> = {
  day: DAY,
  hour: HOUR,
  'ten-minutes': 10 * MINUTE,
};

const openerOf = (turn: number): Opener =>
  (['lead', 'lead', 'coFacilitator', 'lead', 'nobody'] as const)[turn % 5] ?? 'lead';
const comingOf = (turn: number): Coming => (['comes', 'told', 'silent'] as const)[turn % 3] ?? 'comes';

const groupOf = (index: number, firstMidnight: number): Group => {
  const zone = ZONES[index % ZONES.length] ?? 'UTC';
  const [one, other] = TOGETHER[index % TOGETHER.length] ?? TOGETHER[0];
  const night = index < IN_THE_NIGHT.length ? IN_THE_NIGHT[index] : undefined;
  const walls = [
    night ?? wallAt(firstMidnight + one * HOUR, zone),
    wallAt(firstMidnight + other * HOUR, zone),
  ];
  const firstDate = new Date(firstMidnight).toISOString().slice(0, 10);
  const [steady, varying] = [`Ana ${index}`, `Ben ${index}`];
  return {
    ...{ name: `Room ${index}`, zone, firstDate, steady, varying },
    ...{ lead: `Lena ${index}`, coFacilitator: `Tomas ${index}` },
    when: walls.map(({ weekday, time }) => `${WEEKDAYS[weekday]} ${time}`).join('; '),
    direct: [...(index % 2 === 0 ? [steady] : []), ...(index % 3 === 0 ? [varying] : [])],
    meetings: momentsOfWeek(walls, zone, firstDate).map((at, turn) => ({
      ...{ at, opener: openerOf(index + 2 * turn), coming: comingOf(index + turn) },
    })),
  };
};

export type MomentKind = 'choices' | Reminder | 'begins' | 'late' | 'asked' | 'ends' | 'over';

export interface Moment {
  readonly at: number;
  readonly kind: MomentKind;
  readonly meetings: readonly (Meeting & { readonly group: Group })[];
}

/** Milliseconds after a moment at which one looks what came of it. */
const THEN = 2_000;

const OFFSETS: Readonly<Record<Exclude<MomentKind, 'choices'>, number>> = {
  day: -BEFORE.day,
  hour: -BEFORE.hour,
  'ten-minutes': -BEFORE['ten-minutes'],
  begins: 0,
  late: 5 * MINUTE,
  // A minute later, so that nobody takes over before they were asked.
  asked: 6 * MINUTE,
  ends: SESSION,
  over: SESSION + 30 * MINUTE,
};

export interface Programme {
  /** Two days before the first meeting; a clock can only be turned ahead, so it is after `now`. */
  readonly begins: number;
  readonly groups: readonly Group[];
  /** In order. */
  readonly moments: readonly Moment[];
}

/** The programme of so many groups in the next week in which clocks change. */
export const programmeOf = (count: number, now: number): Programme => {
  const firstMidnight = nextChange(now + 6 * DAY, ZONES[0]) - 2 * DAY;
  const begins = firstMidnight - 28 * HOUR;
  const groups = Array.from({ length: count }, (_, index) => groupOf(index, firstMidnight));
  const all = groups.flatMap((group) => group.meetings.map((meeting) => ({ ...meeting, group })));
  const moments = [...Map.groupBy(all, ({ at }) => at)].flatMap(([at, meetings]) =>
    Object.entries(OFFSETS)
      .filter(([kind]) => kind !== 'asked' || meetings.some(({ opener }) => opener === 'coFacilitator'))
      .map(([kind, offset]) => ({
        // The names of the table are kinds of moments.
        ...{ kind: kind as MomentKind, at: at + offset + THEN, meetings },
      })),
  );
  const choices: Moment = { at: begins + HOUR, kind: 'choices', meetings: [] };
  return { begins, groups, moments: [choices, ...moments].toSorted((one, other) => one.at - other.at) };
};
