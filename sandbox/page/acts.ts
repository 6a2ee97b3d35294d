/** What the page can do to a sandbox beside what people do: faults for training, the clock, and somebody's voice. */
import { flag, integer, isObject, type Json, object, parse, snowflake } from '../check/schema.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Voice } from '../voice/voice.ts';
import type { Snowflake, World } from '../world.ts';

/** What the acts work on. */
export type ActParts = {
  readonly world: World;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly voice: Voice;
  /** The account that is made to suffer. */
  readonly bot: Snowflake;
};

/** An act, given what the page tells with it; throws 400/50035 when that is of another form. */
export type Act = (told: Json) => void | Promise<void>;

const LASTING = 1_000_000;
const TRUE_TONE = { hertz: 220, dBFS: -24 };
const DAY = 24 * 60 * 60_000;

const aimed = object({ times: integer(1, 1000) });
const someone = object({ who: snowflake });

/** Everything by name. */
export const actsOn = ({ world, clock, faults, voice, bot }: ActParts): { readonly [act: string]: Act } => ({
  slow(told) {
    const { ms } = parse(object({ ms: integer(1, 60_000) }), told);
    faults.hurry();
    faults.slow({ who: bot, times: LASTING, ms });
  },
  'rate-limit'(told) {
    faults.rateLimit({ who: bot, retryAfterMs: 2_000, ...parse(aimed, told) });
  },
  'server-error'(told) {
    faults.serverError({ who: bot, ...parse(aimed, told) });
  },
  'clear-faults'() {
    faults.clear();
    for (const { id, dmsClosed } of world.users.values()) if (dmsClosed) faults.openDms(id);
  },
  'drop-gateway': () => faults.drop(bot),
  dms(told) {
    const { who, closed } = parse(object({ who: snowflake, closed: flag }), told);
    if (closed) faults.closeDms(who);
    else faults.openDms(who);
  },
  turn(told) {
    clock.turn(parse(object({ ms: integer(0, 400 * DAY) }), told).ms);
  },
  async speak(told) {
    await voice.of(parse(someone, told).who).speak({ tone: TRUE_TONE, ms: 5_000 });
  },
});

/** What a request tells with an act. */
export const toldBy = (body: unknown): Json => (isObject(body) ? body : {});
