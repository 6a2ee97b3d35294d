/** Makes what was written of an agreement its next version: everybody signs again. */
import { type Agreement, agreementBody, type SignedText } from '../core/agreement.ts';
import { nextVersion, oneVersion } from '../core/agreement-edit.ts';
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Records } from '../ports/store.ts';
import type { World } from '../ports/world.ts';
import { activeCohort } from './active-cohort.ts';
import { agreementNow } from './agreement-now.ts';
import { bringAll } from './bring-all.ts';

/** What would be published, beside what holds. */
export interface Publication {
  readonly next: Agreement;
  readonly before: Agreement;
  /** Tells what was shown from what was written since. */
  readonly mark: string;
  /** Whether a session goes on, whose rooms stay open until its end. */
  readonly inSession: boolean;
}

export interface PublicationWish {
  readonly cohortId: string;
  /** Those in which it is to be read; all that it has, when missing. */
  readonly languages?: readonly string[] | undefined;
}

type Reading = Pick<World, 'catalogue' | 'secrets'>;

const textsOf = async (
  { secrets }: Reading,
  { agreements }: Pick<Records, 'agreements'>,
  { cohortId, languages }: PublicationWish,
  { before, version }: { readonly before: Agreement; readonly version: string },
): Promise<Outcome<readonly SignedText[]>> => {
  const drafts = await agreements.drafts(cohortId);
  const [basis] = before.texts;
  if (drafts.some(({ basedOn }) => basedOn !== basis.sha256))
    return refuse({ code: 'agreement-draft-is-gone' });
  const written = new Map(
    [...before.texts, ...drafts].map(({ text }) => [text.locale, { ...text, version }] as const),
  );
  const chosen = [...written.values()].filter(({ locale }) => languages?.includes(locale) ?? true);
  return allow(chosen.map((text) => ({ text, sha256: secrets.digest(agreementBody(text)) })));
};

/** How many characters tell what was shown; it is carried by a button. */
const MARK = 16;

/** What publishing would do; nothing is changed. */
export const publishable = async (
  world: Reading,
  records: Pick<Records, 'agreements' | 'sessions'>,
  wish: PublicationWish,
): Promise<Outcome<Publication>> => {
  const { toSign: before } = await agreementNow(world, records, wish.cohortId);
  const version = nextVersion([before, ...(await records.agreements.history(wish.cohortId))]);
  const texts = await textsOf(world, records, wish, { before, version });
  if (!texts.ok) return texts;
  const next = oneVersion(version, texts.value, before);
  if (!next.ok) return next;
  const hashes = next.value.texts.map(({ sha256 }) => sha256).join();
  const mark = world.secrets.digest(hashes).slice(0, MARK);
  const inSession = (await records.sessions.unfinished(wish.cohortId)) !== undefined;
  return allow({ next: next.value, before, mark, inSession });
};

export interface PublicationDemand extends PublicationWish {
  /** The mark of what was shown to the admin. */
  readonly mark: string;
  /** Account of the admin. */
  readonly by: string;
}

const tell = async (
  { ids, clock }: Pick<World, 'ids' | 'clock'>,
  { announcements, jobs }: Records,
  cohortId: string,
  { next: { version }, inSession }: Publication,
): Promise<void> => {
  // In the middle of a session the group still reads its room; afterwards only those do who have signed.
  for (const room of inSession ? (['staff', 'group'] as const) : (['staff'] as const)) {
    const id = ids.next();
    const announcement = { kind: 'agreement-published', version, inSession } as const;
    await announcements.add({ id, cohortId, room, announcement, madeAt: clock.now() });
    await jobs.enqueue({ name: 'announce', cohortId, announcementId: id });
  }
};

/** Publishes what was shown; refused when it has changed since. Rooms close at once, or with the session that goes on. */
export const publishAgreement = (world: World, demand: PublicationDemand): Promise<Outcome<Publication>> =>
  world.store.change<Publication>(async (records) => {
    const { cohortId, mark, by } = demand;
    const cohort = await activeCohort(records, cohortId);
    if (!cohort.ok) return cohort;
    const found = await publishable(world, records, demand);
    if (!found.ok) return found;
    if (found.value.mark !== mark) return refuse({ code: 'agreement-draft-is-gone' });
    const { latest } = await records.agreements.now(cohortId);
    const number = (latest?.number ?? 0) + 1;
    const keptAt = world.clock.now();
    await records.agreements.keep({
      ...found.value.next,
      ...{ cohortId, number, from: 'cohort', keptAt, publishedBy: by },
    });
    await records.agreements.discardDrafts(cohortId);
    await tell(world, records, cohortId, found.value);
    await bringAll(records, cohortId);
    await records.signals.voiceOf(cohortId);
    return found;
  });
