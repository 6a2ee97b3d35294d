/** Keeps what a client may say of its presence. */
import {
  anything,
  dictionary,
  flag,
  integer,
  list,
  maybe,
  nullable,
  object,
  oneOf,
  optional,
  text,
} from '../check/schema.ts';

const activity = object({
  name: text({ min: 1, max: 128 }),
  type: optional(oneOf(0, 1, 2, 3, 4, 5)),
  url: maybe(text()),
  state: maybe(text({ max: 128 })),
  details: maybe(text({ max: 128 })),
  timestamps: maybe(dictionary(text(), anything)),
});

/** The data of opcode 3, also sent with IDENTIFY. */
export const presence = object({
  since: maybe(integer(0)),
  activities: optional(list(activity)),
  status: oneOf('online', 'dnd', 'idle', 'invisible', 'offline'),
  afk: optional(nullable(flag)),
});
