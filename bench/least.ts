/**
 * The smallest number of calls that could do what is counted, by route.
 *
 * - Discord wants every interaction acknowledged: one call each, and no fewer. What a form asks is two interactions:
 *   the press that opens it, and its submission.
 * - No call makes more than one channel, posts more than one message, edits more than one message, or changes the
 *   rights of more than one channel.
 * - Whatever people can see must be true when they look: where something was changed and nothing follows at once, each
 *   card that shows it is edited once. Changes of the same moment could share their edits; those that are done one after
 *   the other, as here, cannot.
 */

/** What somebody did, or what it brings about in Discord. */
export const ROUTES = {
  callback: 'POST /interactions/:interaction/:token/callback',
  room: 'POST /guilds/:guild/channels',
  rights: 'PATCH /channels/:channel',
  post: 'POST /channels/:channel/messages',
  edit: 'PATCH /channels/:channel/messages/:message',
} as const;

export type Calls = Readonly<Partial<Record<keyof typeof ROUTES, number>>>;

/** Cards that show a session: the group's, and the panel of the staff. */
const CARDS = 2;

/** A category, the welcome room, the group's text and voice rooms, and the staff's room; the agreement and the panel. */
export const MAKING: Calls = { callback: 1, room: 5, post: 2 };

/** The category, a channel as well, and the welcome room under it open; the panel tells of one more who has not signed. */
export const ENROLLING: Calls = { callback: 1, rights: 2, edit: 1 };

/** The group's text and voice rooms open, and the panel tells of one fewer. */
export const SIGNING: Calls = { callback: 2, rights: 2, edit: 1 };

/** It is announced, the session's card is posted, and the panel shows the session. */
export const OPENING: Calls = { callback: 1, post: 2, edit: 1 };

/** A press that is announced and shown: the next phase, a pause, its end, the end of the session. */
export const MOVING: Calls = { callback: 1, post: 1, edit: CARDS };

/** A press that is shown: a hand, a turn that is given, a turn that is done, five minutes more. */
export const SHOWING: Calls = { callback: 1, edit: CARDS };

/** A form that is shown: a check-in, a reflection. */
export const TELLING: Calls = { callback: 2, edit: CARDS };

/** So many times the same. */
export const times = (count: number, calls: Calls): Calls =>
  Object.fromEntries(Object.entries(calls).map(([route, number]) => [route, number * count]));

/** All of these together. */
export const sum = (...parts: readonly Calls[]): Calls => {
  const total: Partial<Record<keyof typeof ROUTES, number>> = {};
  for (const part of parts) {
    // The keys are those of a record that is written down here.
    for (const route of Object.keys(ROUTES) as (keyof typeof ROUTES)[]) {
      total[route] = (total[route] ?? 0) + (part[route] ?? 0);
    }
  }
  return total;
};
