/** Keeps which bot may be in which call: a token for each coming, good for exactly that. */
import { randomBytes } from 'node:crypto';
import type { Snowflake, VoiceState } from '../world.ts';
import { CLOSE } from './close.ts';

/** For whom a token is good. */
export type Grant = {
  readonly token: string;
  readonly userId: Snowflake;
  readonly guildId: Snowflake;
  readonly channelId: Snowflake;
  readonly sessionId: string;
};

/** Whether a token was given for exactly this, or what is wrong with what was said. */
export type Admission =
  | { readonly ok: true; readonly grant: Grant }
  | { readonly ok: false; readonly code: number };

/** What a client says of itself. */
export type Said = {
  readonly token: unknown;
  readonly userId: unknown;
  readonly guildId: unknown;
  readonly sessionId: unknown;
};

/** The grants that hold: one for each bot of a guild. */
export type Grants = {
  of(guildId: Snowflake, userId: Snowflake): Grant | undefined;
  /** Another one, which takes the place of the one before. */
  give(guildId: Snowflake, state: VoiceState): Grant;
  withdraw(guildId: Snowflake, userId: Snowflake): void;
  holds(grant: Grant): boolean;
  admit(said: Said): Admission;
  isEmpty(): boolean;
  clear(): void;
};

const keyOf = (guildId: Snowflake, userId: Snowflake): string => `${guildId} ${userId}`;

/** None yet. */
export const startGrants = (): Grants => {
  const grants = new Map<string, Grant>();
  return {
    of: (guildId, userId) => grants.get(keyOf(guildId, userId)),
    give(guildId, { userId, channelId, sessionId }) {
      const grant = { token: randomBytes(16).toString('hex'), userId, guildId, channelId, sessionId };
      grants.set(keyOf(guildId, userId), grant);
      return grant;
    },
    withdraw: (guildId, userId) => void grants.delete(keyOf(guildId, userId)),
    holds: (grant) => grants.get(keyOf(grant.guildId, grant.userId)) === grant,
    admit(said) {
      const grant = [...grants.values()].find(({ token }) => token === said.token);
      if (!grant || grant.userId !== said.userId || grant.guildId !== said.guildId)
        return { ok: false, code: CLOSE.authenticationFailed };
      return grant.sessionId === said.sessionId
        ? { ok: true, grant }
        : { ok: false, code: CLOSE.sessionGone };
    },
    isEmpty: () => grants.size === 0,
    clear: () => grants.clear(),
  };
};
