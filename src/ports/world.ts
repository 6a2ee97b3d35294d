/** Everything that a use case may need of the world. */
import type { Retention } from '../core/own-data.ts';
import type { Zones } from '../core/wall-time.ts';
import type { Attachments } from './attachments.ts';
import type { AutoModerationRules } from './auto-moderation.ts';
import type { CalendarEvents } from './calendar-events.ts';
import type { Catalogue } from './catalogue.ts';
import type { Clock } from './clock.ts';
import type { Csv } from './csv.ts';
import type { DiscordSignIn } from './discord-sign-in.ts';
import type { Floor } from './floor.ts';
import type { HelpDesk } from './help-desk.ts';
import type { Ids } from './ids.ts';
import type { Log } from './log.ts';
import type { Members } from './members.ts';
import type { Messenger } from './messenger.ts';
import type { OneTimeCodes } from './one-time-codes.ts';
import type { Pages } from './pages.ts';
import type { Presence } from './presence.ts';
import type { Recordings } from './recordings.ts';
import type { Rooms } from './rooms.ts';
import type { Secrets } from './secrets.ts';
import type { Store } from './store.ts';
import type { Voice } from './voice.ts';

export interface World {
  readonly store: Store;
  readonly rooms: Rooms;
  readonly messenger: Messenger;
  readonly members: Members;
  readonly calendarEvents: CalendarEvents;
  readonly presence: Presence;
  readonly voice: Voice;
  readonly floor: Floor;
  readonly autoModeration: AutoModerationRules;
  readonly helpDesk: HelpDesk;
  readonly attachments: Attachments;
  readonly recordings: Recordings;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly zones: Zones;
  readonly csv: Csv;
  readonly ids: Ids;
  readonly secrets: Secrets;
  readonly codes: OneTimeCodes;
  readonly discordSignIn: DiscordSignIn;
  readonly pages: Pages;
  /** How long what is kept of people is kept. */
  readonly retention: Retention;
  readonly log: Log;
}
