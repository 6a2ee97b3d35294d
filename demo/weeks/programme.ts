/** The programme that is played over weeks: three groups in three zones, and who belongs to each. */
export interface GroupPlan {
  readonly name: string;
  readonly type: 'skills' | 'support' | 'process';
  readonly zone: string;
  /** As somebody types it. */
  readonly when: string;
  /** The same, for who looks whether it came out: weekdays from 0, Sunday, and the time on the wall. */
  readonly days: readonly number[];
  readonly time: string;
  readonly minutes: 60 | 75 | 90;
  readonly lead: string;
  readonly coFacilitator: string;
  readonly participants: readonly string[];
}

export const GROUPS: readonly GroupPlan[] = [
  {
    name: 'Harbour room',
    type: 'skills',
    zone: 'America/New_York',
    when: 'Mon Wed Fri 18:00',
    days: [1, 3, 5],
    time: '18:00',
    minutes: 90,
    lead: 'Lena',
    coFacilitator: 'Tomas',
    participants: ['Ana', 'Ben', 'Chidi', 'Dana', 'Eli', 'Farah', 'Gus', 'Hana'],
  },
  {
    name: 'Garden room',
    type: 'support',
    zone: 'Europe/Madrid',
    when: 'Tue Thu 10:00',
    days: [2, 4],
    time: '10:00',
    minutes: 60,
    lead: 'Noor',
    coFacilitator: 'Iker',
    participants: ['Ines', 'Jonas', 'Kira', 'Luca', 'Mina', 'Nils'],
  },
  {
    name: 'Island room',
    type: 'process',
    zone: 'Australia/Lord_Howe',
    when: 'Sat 09:30',
    days: [6],
    time: '09:30',
    minutes: 75,
    lead: 'Oona',
    coFacilitator: 'Piet',
    participants: ['Quin', 'Rosa', 'Sami', 'Tilda', 'Uma'],
  },
];

export const ADMIN = 'Mara';
/** Would like to join when the group has begun. */
export const LATECOMER = 'Vera';
/** Is discharged in the middle. */
export const DISCHARGED = 'Gus';
/** Keeps direct messages closed from the third week on. */
export const CLOSED = 'Ana';
/** Does not come twice in a row, and makes one of them up. */
export const ABSENT = 'Jonas';
/** Says beforehand that they cannot come. */
export const EXCUSED = 'Kira';
/** Takes reminders in the room, and not by direct message. */
export const UNOPTED: readonly string[] = ['Ben', 'Rosa'];

export const EVERYBODY: readonly string[] = [
  ADMIN,
  LATECOMER,
  ...GROUPS.flatMap(({ lead, coFacilitator, participants }) => [lead, coFacilitator, ...participants]),
];

const offsetOf = (moment: Date, zone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(moment)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

const DAY = 86_400_000;

/** The next change of the clocks in New York after a moment, to the day. */
const nextChange = (now: number): number => {
  let day = now;
  while (offsetOf(new Date(day), 'America/New_York') === offsetOf(new Date(day + DAY), 'America/New_York')) {
    day += DAY;
  }
  return day;
};

/**
 * When the programme begins: the morning of a Monday in New York, some weeks before its clocks change, and never before
 * now: a clock can only be turned ahead.
 */
export const beginning = (now: number, weeks: number): Date => {
  const before = Math.min(3, Math.max(1, weeks - 2)) * 7 * DAY;
  let day = Math.max(now + DAY, nextChange(now + before + 7 * DAY) - before);
  day -= day % DAY;
  while (new Date(day).getUTCDay() !== 1) day -= DAY;
  return new Date(Math.max(day, now) + 13 * 3_600_000);
};
