/** What is told of a session in its call: how it stands while it lasts, and the tables at its end. */
import type { Vitals } from './inspected.ts';
import { percentile, tableOf } from './table.ts';

/** Milliseconds by which something was later than it was due. */
export interface Sounds {
  readonly chimes: number[];
  readonly breaths: number[];
  /** Of each packet, against the pace that the first of its piece began. */
  readonly packets: number[];
  missed: number;
  /** Packets that a piece should have had and that nobody heard. */
  lost: number;
  /** Exercises of which packets were left out, so that their lateness is not known. */
  movedOn: number;
  /** Acts that failed, as a press that was not answered in time. */
  failed: number;
}

/** What was seen at once. */
export interface Moment {
  readonly minute: number;
  readonly bot: Vitals;
  readonly child: Vitals;
}

const one = (value: number): string => value.toFixed(1);

/** How it stands, in one line. */
export const progress = (
  { minute, bot, child }: Moment,
  { chimes, breaths, missed, failed }: Sounds,
): string => {
  const of = (
    name: string,
    { rssMB, heapMB, externalMB, cpuSeconds, handles, listeners, warnings }: Vitals,
  ) =>
    `${name} ${one(rssMB)} MB (heap ${one(heapMB)}, outside ${one(externalMB)}), ${one(cpuSeconds)} s of CPU, ${handles} handles, ${listeners} listeners, ${warnings.length} warnings`;
  return `minute ${one(minute)}: ${of('bot', bot)}; ${of('calls', child)}; last chime ${one(chimes.at(-1) ?? Number.NaN)} ms after its press; ${breaths.length} tones, ${missed} sounds missed, ${failed} acts failed`;
};

/** Megabytes an hour by which something grows: the straight line that lies nearest to what was seen. */
const slope = (moments: readonly Moment[], of: (moment: Moment) => number): number => {
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const [x, y] = [mean(moments.map(({ minute }) => minute)), mean(moments.map(of))];
  const spread = moments.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
  return (60 * moments.reduce((sum, each) => sum + (each.minute - x) * (of(each) - y), 0)) / spread;
};

const growthOf = (moments: readonly Moment[], who: 'bot' | 'child') => {
  const rows: readonly (readonly [string, (vitals: Vitals) => number])[] = [
    ['memory (RSS), MB', ({ rssMB }) => rssMB],
    ['heap, MB', ({ heapMB }) => heapMB],
    ['held outside of it, MB', ({ externalMB }) => externalMB],
    ['handles', ({ handles }) => handles],
    ['emitters', ({ emitters }) => emitters],
    ['listeners', ({ listeners }) => listeners],
    ['seconds of CPU', ({ cpuSeconds }) => cpuSeconds],
    ['warnings', ({ warnings }) => warnings.length],
  ];
  const half = moments.slice(Math.floor(moments.length / 2));
  return rows.map(([name, of]) => [
    `${who === 'bot' ? 'bot' : 'calls'}: ${name}`,
    ...[moments[0], half[0], moments.at(-1)].map((each) => (each ? one(of(each[who])) : '')),
    one(slope(moments, (each) => of(each[who]))),
    one(slope(half, (each) => of(each[who]))),
  ]);
};

const lateness = (name: string, late: readonly number[]): readonly (string | number)[] => {
  const sorted = late.toSorted((a, b) => a - b);
  return [name, sorted.length, ...[0.5, 0.99, 1].map((part) => one(percentile(sorted, part)))];
};

/** Everything that was seen, in two tables; of `loopDelays` the median, p99 and the most. */
export const summary = (moments: readonly Moment[], sounds: Sounds, loopDelays: readonly number[]): string =>
  [
    tableOf(
      'What a session costs and keeps, after garbage was collected; growth by the nearest straight line',
      ['', 'first', 'half-way', 'last', 'an hour', 'an hour, second half'],
      [...growthOf(moments, 'bot'), ...growthOf(moments, 'child')],
    ),
    tableOf(
      'Milliseconds by which a person of the call heard what was due',
      ['', 'count', 'p50', 'p99', 'most'],
      [
        lateness('chime, after the press of Next or Back', sounds.chimes),
        lateness(
          'tone of a breath, after its time in the exercise, counted from the command',
          sounds.breaths,
        ),
        lateness('packet of an exercise, after the pace of its first', sounds.packets),
        ['sounds that were not heard', sounds.missed, '', '', ''],
        ['packets that were not heard', sounds.lost, '', '', ''],
        ['exercises of which some were not, and which are left out above', sounds.movedOn, '', '', ''],
        ['acts that failed', sounds.failed, '', '', ''],
        ['lateness of this very measurement (its event loop)', '', ...loopDelays.map(one)],
      ],
    ),
  ].join('\n');
