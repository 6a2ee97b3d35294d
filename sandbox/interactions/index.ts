/** Keeps the routes about interactions together: commands, starts, answers and follow-ups. */
import type { Route } from '../rest/route.ts';
import { callbackRoutes } from './callback.ts';
import { commandRoutes } from './commands.ts';
import { followUpRoutes } from './follow-ups.ts';
import { startRoutes } from './start.ts';

/** Every route about interactions. */
export const interactionRoutes: Route[] = [
  ...commandRoutes,
  ...startRoutes,
  ...callbackRoutes,
  ...followUpRoutes,
];
