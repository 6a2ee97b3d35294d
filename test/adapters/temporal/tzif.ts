/** Reads the time-zone files of the machine (RFC 9636), and the rule at their end, with no library and no Intl. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = '/usr/share/zoneinfo';
const HEADER = 44;

/** Whether the machine has the file of a zone. */
export const hasFile = (zone: string): boolean => existsSync(join(FOLDER, zone));

/** Seconds east of UTC at a moment in seconds. */
export type OffsetAt = (seconds: number) => number;

/** How much longer a block of version 1 is than its header, by the counts that its header tells. */
const blockLength = (file: Buffer, at: number, timeSize: number): number => {
  const [isUt = 0, isStd = 0, leaps = 0, times = 0, types = 0, chars = 0] = [20, 24, 28, 32, 36, 40].map(
    (offset) => file.readUInt32BE(at + offset),
  );
  return times * (timeSize + 1) + types * 6 + chars + leaps * (timeSize + 4) + isStd + isUt;
};

/** `M3.5.0/2`: the last Sunday of March, at two; hours may be negative or beyond a day. */
interface Turn {
  readonly month: number;
  readonly week: number;
  readonly weekday: number;
  readonly seconds: number;
}

const secondsOf = (clock: string): number => {
  const [hours = '0', minutes = '0', seconds = '0'] = clock.replace(/^[+-]/, '').split(':');
  const all = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
  return clock.startsWith('-') ? -all : all;
};

const turnOf = (written: string): Turn => {
  const [, month, week, weekday, clock = '2'] = /^M(\d+)\.(\d)\.(\d)(?:\/(.+))?$/.exec(written) ?? [];
  if (month === undefined) throw new Error(`the rule ${written} is of a kind that is not read here`);
  return { month: Number(month), week: Number(week), weekday: Number(weekday), seconds: secondsOf(clock) };
};

/** The moment of a turn in a year, on a clock that shows UTC. */
const turnIn = (year: number, { month, week, weekday, seconds }: Turn): number => {
  const first = new Date(Date.UTC(year, month - 1, 1));
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  let date = 1 + ((weekday - first.getUTCDay() + 7) % 7) + (week - 1) * 7;
  while (date > days) date -= 7;
  return Date.UTC(year, month - 1, date) / 1_000 + seconds;
};

const NAME = '(?:<[^>]+>|[A-Za-z]+)';
const RULE = new RegExp(`^${NAME}([+-]?[\\d:]+)(?:${NAME}([+-]?[\\d:]+)?,([^,]+),([^,]+))?$`);

/** The rule that holds after the last turn that a file names. */
const ruleOf = (written: string): OffsetAt => {
  const [, standard, summer, from, to] = RULE.exec(written) ?? [];
  if (standard === undefined) throw new Error(`the rule ${written} cannot be read`);
  // POSIX counts west of Greenwich.
  const offset = -secondsOf(standard);
  if (from === undefined || to === undefined) return () => offset;
  const other = summer === undefined ? offset + 3_600 : -secondsOf(summer);
  const [begins, ends] = [turnOf(from), turnOf(to)];
  return (at) => {
    const year = new Date((at + offset) * 1_000).getUTCFullYear();
    const [start, end] = [turnIn(year, begins) - offset, turnIn(year, ends) - other];
    const inside = start < end ? at >= start && at < end : at >= start || at < end;
    return inside ? other : offset;
  };
};

/** The offsets of a zone, from its file. */
export const offsetsOf = (zone: string): OffsetAt => {
  const file = readFileSync(join(FOLDER, zone));
  const second = HEADER + blockLength(file, 0, 4);
  const [times, types] = [file.readUInt32BE(second + 32), file.readUInt32BE(second + 36)];
  const at = second + HEADER;
  const moments = Array.from({ length: times }, (_, index) => Number(file.readBigInt64BE(at + index * 8)));
  const kinds = Array.from({ length: times }, (_, index) => file.readUInt8(at + times * 8 + index));
  const offsets = Array.from({ length: types }, (_, index) => file.readInt32BE(at + times * 9 + index * 6));
  const footer = file
    .subarray(at + blockLength(file, second, 8))
    .toString('latin1')
    .trim();
  const afterwards = ruleOf(footer);
  return (seconds) => {
    const last = moments.at(-1);
    if (last === undefined || seconds >= last) return afterwards(seconds);
    const next = moments.findIndex((moment) => moment > seconds);
    return offsets[kinds[next - 1] ?? 0] ?? 0;
  };
};
