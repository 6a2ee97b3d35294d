/** Keeps the routes that tell clients where the gateway is and where voice could be. */
import { ok, type Route } from '../rest/route.ts';

const gatewayUrl = (origin: string): string => `${origin.replace('http', 'ws')}/gateway`;

// Many may identify at once here, as with Discord's large bots, so that restarts do not wait for each other.
const MAX_CONCURRENCY = 16;

/** Routes that belong to no object. */
export const gatewayInfoRoutes: Route[] = [
  {
    method: 'GET',
    path: '/gateway',
    open: true,
    handle: ({ world }) => ok({ url: gatewayUrl(world.origin) }),
  },
  {
    method: 'GET',
    path: '/gateway/bot',
    only: 'bots',
    handle: ({ world }) =>
      ok({
        url: gatewayUrl(world.origin),
        shards: 1,
        session_start_limit: {
          total: 1000,
          remaining: 999,
          reset_after: 86_400_000,
          max_concurrency: MAX_CONCURRENCY,
        },
      }),
  },
  {
    method: 'GET',
    path: '/voice/regions',
    handle: () =>
      ok(
        ['rotterdam', 'us-east'].map((id) => ({
          id,
          name: id,
          custom: false,
          deprecated: false,
          optimal: false,
        })),
      ),
  },
];
