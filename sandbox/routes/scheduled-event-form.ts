/** Keeps what a body may say of a scheduled event, the narrow forms of recurrence included. */
import {
  also,
  type Check,
  type Checked,
  integer,
  list,
  maybe,
  object,
  oneOf,
  optional,
  type Report,
  snowflake,
  text,
  timestamp,
} from '../check/schema.ts';
import type { Recurrence } from '../world.ts';

const WEEKLY = 2;
const DAILY = 3;
const DAILY_SETS = ['0,1,2,3,4', '1,2,3,4,5', '6,0,1,2,3', '4,5', '5,6', '6,0'];

const nothing: Check<null> = (value, report) => {
  if (value !== null) report.add('FIELD_NOT_ALLOWED', 'This field cannot be set.');
};

const rule = object({
  start: timestamp,
  end: optional(nothing),
  frequency: oneOf(0, 1, WEEKLY, DAILY),
  interval: maybe(integer(1)),
  by_weekday: maybe(list(integer(0, 6), { max: 7 })),
  by_n_weekday: maybe(list(object({ n: integer(1, 5), day: integer(0, 6) }), { max: 7 })),
  by_month: maybe(list(integer(1, 12), { max: 12 })),
  by_month_day: maybe(list(integer(1, 31), { max: 31 })),
  by_year_day: optional(nothing),
  count: optional(nothing),
});
type Rule = Checked<typeof rule>;

const refuseUnless = (right: boolean, report: Report, key: string, message: string): void => {
  if (!right) report.at(key).add('GUILD_SCHEDULED_EVENT_RECURRENCE_INVALID', message);
};

/** Which of the ways to name days a frequency takes, and how. */
const dayRules: Readonly<Record<number, (it: Rule, report: Report) => void>> = {
  0: (it, report) =>
    refuseUnless(
      it.by_month?.length === 1 && it.by_month_day?.length === 1,
      report,
      'by_month',
      'One date a year.',
    ),
  1: (it, report) => refuseUnless(it.by_n_weekday?.length === 1, report, 'by_n_weekday', 'One day a month.'),
  [WEEKLY]: (it, report) =>
    refuseUnless(it.by_weekday?.length === 1, report, 'by_weekday', 'One day a week.'),
  [DAILY]: (it, report) =>
    refuseUnless(
      it.by_weekday == null || DAILY_SETS.includes(it.by_weekday.join(',')),
      report,
      'by_weekday',
      'Not a known set of weekdays.',
    ),
};

const recurrence = also(rule, (it, report) => {
  const ways = [it.by_weekday, it.by_n_weekday, it.by_month ?? it.by_month_day].filter((way) => way != null);
  refuseUnless(ways.length <= 1, report, 'by_weekday', 'These ways to name days exclude each other.');
  const most = it.frequency === WEEKLY ? 2 : 1;
  refuseUnless((it.interval ?? 1) <= most, report, 'interval', `At most ${most} for this frequency.`);
  dayRules[it.frequency]?.(it, report);
});

/** A recurrence as the world keeps it. */
export const toRecurrence = (it: Rule): Recurrence => ({
  start: new Date(it.start).toISOString(),
  end: null,
  frequency: it.frequency,
  interval: it.interval ?? 1,
  by_weekday: it.by_weekday ?? null,
  by_n_weekday: it.by_n_weekday ?? null,
  by_month: it.by_month ?? null,
  by_month_day: it.by_month_day ?? null,
  by_year_day: null,
  count: null,
});

const metadata = maybe(object({ location: maybe(text({ min: 1, max: 100 })) }));

const fields = {
  description: maybe(text({ min: 1, max: 1000 })),
  image: maybe(text()),
  scheduled_end_time: maybe(timestamp),
  channel_id: maybe(snowflake),
  entity_metadata: metadata,
  recurrence_rule: maybe(recurrence),
};

/** A new event; stage events need a community guild, which there is none of here. */
export const newEvent = object({
  ...fields,
  name: text({ min: 1, max: 100 }),
  scheduled_start_time: timestamp,
  privacy_level: oneOf(2),
  entity_type: oneOf(2, 3),
});

/** Changes to an event. */
export const changedEvent = object({
  ...fields,
  name: optional(text({ min: 1, max: 100 })),
  scheduled_start_time: optional(timestamp),
  privacy_level: optional(oneOf(2)),
  entity_type: maybe(oneOf(2, 3)),
  status: maybe(oneOf(1, 2, 3, 4)),
});

/** Changes to an event, as they were read. */
export type ChangedEvent = Checked<typeof changedEvent>;
