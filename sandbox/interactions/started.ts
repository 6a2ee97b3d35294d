/** Keeps what reading a start gives, whether it was a command, a press or a form. */
import type { shapeUser } from '../shape/user.ts';
import type { Message, Snowflake } from '../world.ts';
import type { Metadata, Origin } from './ledger.ts';

/** What every interaction's metadata holds. */
type MetadataBase = {
  readonly id: Snowflake;
  readonly user: ReturnType<typeof shapeUser>;
  readonly authorizing_integration_owners: { readonly [type: string]: string };
};

/** What the bot will get, and what must be remembered of it. */
export type Started = {
  readonly origin: Origin;
  readonly data: object;
  readonly message: Message | null;
  readonly metadata: (base: MetadataBase) => Metadata;
};
