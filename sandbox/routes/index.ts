/** Keeps the list of every REST route there is. */
import { interactionRoutes } from '../interactions/index.ts';
import type { Route } from '../rest/route.ts';
import { autoModerationRoutes } from './auto-moderation.ts';
import { channelRoutes } from './channels.ts';
import { gatewayInfoRoutes } from './gateway-info.ts';
import { guildRoutes } from './guilds.ts';
import { inviteRoutes } from './invites.ts';
import { memberRoutes } from './members.ts';
import { messageRoutes } from './messages.ts';
import { oauthRoutes } from './oauth.ts';
import { overwriteRoutes } from './overwrites.ts';
import { pinRoutes } from './pins.ts';
import { roleRoutes } from './roles.ts';
import { scheduledEventUserRoutes } from './scheduled-event-users.ts';
import { scheduledEventRoutes } from './scheduled-events.ts';
import { threadRoutes } from './threads.ts';
import { userRoutes } from './users.ts';
import { voiceStateRoutes } from './voice-states.ts';
import { webhookRoutes } from './webhooks.ts';

/** Every route of the sandbox. */
export const routes: readonly Route[] = [
  ...gatewayInfoRoutes,
  ...userRoutes,
  ...oauthRoutes,
  ...guildRoutes,
  ...channelRoutes,
  ...overwriteRoutes,
  ...threadRoutes,
  ...roleRoutes,
  ...memberRoutes,
  ...voiceStateRoutes,
  ...messageRoutes,
  ...pinRoutes,
  ...inviteRoutes,
  ...webhookRoutes,
  ...scheduledEventRoutes,
  ...scheduledEventUserRoutes,
  ...autoModerationRoutes,
  ...interactionRoutes,
];
