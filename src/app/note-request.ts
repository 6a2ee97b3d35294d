/** Has what somebody asks for noted as theirs: what they do, what leaves Hearth with them, and what is not for them. */
import { actingAs, type Standing } from '../core/access.ts';
import type { Actor, AuditSource } from '../core/audit.ts';
import { NOTED_REFUSALS } from '../core/often.ts';
import type { Refusal } from '../core/refusal.ts';
import { after, MINUTE } from '../core/time.ts';
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

/**
 * Notes a refusal in the world of whoever asked, when it says that something is not theirs, and gives what they are told.
 * Past the limit it tells nothing of what they asked for, and so leaves nothing to be noted.
 */
export const noteDenied = async (
  { store, clock }: World,
  { guildId }: Pick<Asked, 'guildId'>,
  { person, cohort }: Place,
  refusal: Refusal,
): Promise<Refusal> => {
  if (!DENIALS.has(refusal.code)) return refusal;
  const { most, within } = NOTED_REFUSALS;
  // In that server alone: what was asked in a server of one's own must not hide what is asked in another.
  const whose = { personId: person.id, guildId: cohort?.guildId ?? guildId };
  const noted = await store.records.audit.noteUpTo(
    { action: 'ask', kind: 'command', outcome: 'denied' },
    { ...whose, since: after(clock.now(), -within), most },
  );
  return noted ? refusal : { code: 'asked-too-often', minutes: within / MINUTE };
};

/** Notes that somebody named a group that is not theirs, or is none. */
export const noteStranger = async (world: World, asked: Asked, refusal: Refusal): Promise<Refusal> => {
  if (asked.given['cohort'] === undefined) return refusal;
  const person = await world.store.records.people.known(asked.account);
  const place: Place = { person, standings: new Set() };
  return noteDenied(inHandsOf(world, asked, place), asked, place, refusal);
};

/** Notes that a file is given to whoever asked. */
export const noteExport = ({ store }: World): Promise<void> =>
  store.records.audit.note({ action: 'export', kind: 'file' });
