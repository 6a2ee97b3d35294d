/** Has what somebody asks for noted as theirs: what they do, what leaves Hearth with them, and what is not for them. */
import { actingAs, type Standing } from '../core/access.ts';
import type { Actor, AuditSource } from '../core/audit.ts';
import type { Refusal } from '../core/refusal.ts';
import type { World } from '../ports/world.ts';
import type { Place } from './locate.ts';

export interface Asked {
  readonly via: AuditSource;
  /** Path of the command, and who may ask for it. */
  readonly path: string;
  readonly who: readonly Standing[];
  readonly guildId: string;
  readonly account: string;
  readonly given: Readonly<Record<string, unknown>>;
}

const actorOf = (asked: Asked, { person, standings, cohort }: Place): Actor => ({
  personId: person.id,
  role: actingAs(asked.who, standings),
  source: asked.via,
  command: asked.path,
  // In a direct message there is no server but that of the group.
  guildId: cohort?.guildId ?? asked.guildId,
  ...(cohort && { cohortId: cohort.id }),
});

/** The world in the hands of whoever asked: the store notes what is done in it as theirs, and no use case needs to say so. */
export const inHandsOf = (world: World, asked: Asked, place: Place): World => ({
  ...world,
  store: world.store.by(actorOf(asked, place)),
});

/** Refusals that say that something is not theirs. */
const DENIALS: ReadonlySet<Refusal['code']> = new Set(['admins-only', 'staff-only', 'no-group-here']);

/** Notes a refusal in the world of whoever asked, when it says that something is not theirs. */
export const noteDenied = async ({ store }: World, { code }: Refusal): Promise<void> => {
  if (DENIALS.has(code))
    await store.records.audit.note({ action: 'ask', kind: 'command', outcome: 'denied' });
};

/** Notes that somebody named a group that is not theirs, or is none. */
export const noteStranger = async (world: World, asked: Asked, refusal: Refusal): Promise<void> => {
  if (asked.given['cohort'] === undefined) return;
  const person = await world.store.records.people.known(asked.account);
  await noteDenied(inHandsOf(world, asked, { person, standings: new Set() }), refusal);
};

/** Notes that a file is given to whoever asked. */
export const noteExport = ({ store }: World): Promise<void> =>
  store.records.audit.note({ action: 'export', kind: 'file' });
