/** Keeps what a body may say of a guild channel, and which of it fits which type of channel. */
import { flag, integer, maybe, oneOf, snowflake, text } from '../check/schema.ts';
import { invalid } from '../errors.ts';
import { overwriteList } from '../overwrites.ts';

/** How many channels a guild may have. */
export const MOST_CHANNELS = 500;

/** How many channels a category may hold. */
export const MOST_IN_CATEGORY = 50;

/** A channel's name as it is sent. */
export const channelName = text({ min: 1, max: 100 });

/** The fields that creating and changing have in common. */
export const channelFields = {
  type: maybe(oneOf(0, 2, 4)),
  position: maybe(integer(0, 2 ** 31 - 1)),
  topic: maybe(text({ max: 1024 })),
  bitrate: maybe(integer(8000, 96_000)),
  user_limit: maybe(integer(0, 99)),
  nsfw: maybe(flag),
  rate_limit_per_user: maybe(integer(0, 21_600)),
  parent_id: maybe(snowflake),
  permission_overwrites: maybe(overwriteList),
  rtc_region: maybe(text()),
  video_quality_mode: maybe(oneOf(1, 2)),
  default_auto_archive_duration: maybe(oneOf(60, 1440, 4320, 10_080)),
  default_thread_rate_limit_per_user: maybe(integer(0, 21_600)),
  flags: maybe(integer(0)),
};

const VOICE_ONLY = ['bitrate', 'user_limit', 'rtc_region', 'video_quality_mode'];
const TEXT_ONLY = ['topic', 'default_auto_archive_duration', 'default_thread_rate_limit_per_user'];
const misfits: Readonly<Record<number, readonly string[]>> = {
  0: VOICE_ONLY,
  2: TEXT_ONLY,
  4: [...VOICE_ONLY, ...TEXT_ONLY, 'parent_id', 'rate_limit_per_user'],
};

/** Refuses what means nothing for a type of channel; Discord would drop it in silence. */
export const requireFits = (type: number, body: object): void => {
  for (const key of misfits[type] ?? [])
    if (Reflect.get(body, key) != null)
      throw invalid([key], 'UNKNOWN_FIELD', `This field means nothing for a channel of type ${type}.`);
};

/** A name as a channel of this type bears it: text channels have lower case and dashes. */
export const properName = (type: number, name: string): string =>
  type === 0 ? name.trim().toLowerCase().replace(/\s+/g, '-') : name;
