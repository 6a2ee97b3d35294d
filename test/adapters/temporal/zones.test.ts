/** When meetings take place, against two implementations of time zones that are not ours: Intl, and the machine's own files. */
import { describe, expect, it } from 'vitest';
import { zones } from '../../../src/adapters/temporal/zones.ts';
import { meetingsOf, type Rule } from '../../../src/core/schedule.ts';
import { momentOf, offsetByIntl, remembered } from './oracle.ts';
import { hasFile, type OffsetAt, offsetsOf } from './tzif.ts';

/** Half hours and quarters, a change by half an hour, changes at midnight and over it, summer time that is turned around. */
const ZONES = [
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Australia/Adelaide',
  'America/St_Johns',
  'America/New_York',
  'America/Havana',
  'America/Nuuk',
  'America/Santiago',
  'Asia/Beirut',
  'Europe/Madrid',
  'Europe/Dublin',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'Africa/Cairo',
] as const;
/** Zones that have changed their rules within these years. */
const CHANGED = ['America/Sao_Paulo', 'Asia/Tehran', 'Pacific/Apia', 'Europe/Istanbul'] as const;
const TIMES = ['00:30', '01:30', '02:30', '18:00'] as const;

const ruleIn = (zone: string, firstDate: string, lastDate: string): Rule => ({
  slots: [{ kind: 'weekly', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], times: TIMES }],
  ...{ minutes: 60, zone, firstDate, lastDate },
});

const DAY = 86_400;

const wallsOf = (firstDate: string, lastDate: string): readonly number[] => {
  const [first, last] = [Date.parse(firstDate) / 1_000, Date.parse(lastDate) / 1_000];
  const days = Array.from({ length: (last - first) / DAY + 1 }, (_, index) => first + index * DAY);
  return days.flatMap((day) =>
    TIMES.map((time) => {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      return day + hours * 3_600 + minutes * 60;
    }),
  );
};

const OURS = new Map<string, readonly number[]>();

const oursIn = (zone: string, [first, last]: readonly [string, string]): readonly number[] => {
  const known = OURS.get(zone);
  if (known) return known;
  const made = meetingsOf(ruleIn(zone, first, last), zones).map(({ at }) => at.getTime() / 1_000);
  OURS.set(zone, made);
  return made;
};

/** How many meetings were compared: all of them equal, in number and to the second. */
const compare = (zone: string, offsetAt: OffsetAt, years: readonly [string, string]): number => {
  const known = remembered(offsetAt);
  const told = [...new Set(wallsOf(...years).map((wall) => momentOf(wall, known)))].toSorted((a, b) => a - b);
  const ours = oursIn(zone, years);
  const differing = ours.findIndex((moment, index) => moment !== told[index]);
  expect({ zone, differing, ours: ours[differing], told: told[differing] }).toEqual({ zone, differing: -1 });
  expect(ours).toHaveLength(told.length);
  return ours.length;
};

const YEARS = ['2024-01-01', '2034-01-01'] as const;
const SINCE_2014 = ['2014-01-01', '2034-01-01'] as const;
const cases = [
  ...ZONES.map((zone) => [zone, YEARS] as const),
  ...CHANGED.map((zone) => [zone, SINCE_2014] as const),
];

describe('meetings over ten years and more', () => {
  const counts = { intl: 0, files: 0 };

  it.each(cases)('are in %s where Intl has them', (zone, years) => {
    counts.intl += compare(zone, offsetByIntl(zone), years);
  });

  it.each(cases.filter(([zone]) => hasFile(zone)))(
    'are in %s where the files of the machine have them',
    (zone, years) => {
      counts.files += compare(zone, offsetsOf(zone), years);
    },
  );

  it('were compared in great number', () => {
    console.info(`compared with Intl: ${counts.intl}; with the machine’s files: ${counts.files}`);
    expect(counts.intl).toBeGreaterThan(250_000);
  });
});
