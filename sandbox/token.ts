/** Knows accounts by their tokens. */
import type { User, World } from './world.ts';

/** Whose token this is. */
export const accountBy = (world: World, token: unknown): User | undefined =>
  [...world.users.values()].find((user) => user.token === token);

/** Whose token was written as clients do, and whether "Bot " stood before it. */
export const accountIn = (
  world: World,
  written: unknown,
): { readonly user: User | undefined; readonly isCalledBot: boolean } => {
  const [, prefix, token] = /^(Bot )?(\S+)$/.exec(typeof written === 'string' ? written : '') ?? [];
  return { user: accountBy(world, token), isCalledBot: prefix !== undefined };
};
