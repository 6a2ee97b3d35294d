/** Versions of agreements and drafts of the next, as they are kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '../../../content/en/index.ts';
import { catalogueOf } from '../../../src/adapters/content/catalogue.ts';
import type { AgreementDraft, KeptAgreement } from '../../../src/core/agreement.ts';
import type { Cohort } from '../../../src/core/cohort.ts';
import { runSql } from '../../postgres.ts';
import { aCohort, aSession, aStore, at, type Kept, write } from './kept.ts';

let kept: Kept;
let cohort: Cohort;
beforeAll(async () => {
  kept = await aStore();
  cohort = await aCohort(kept.store);
});
afterAll(() => kept.store.close());

const programme = catalogueOf(english).agreement();
const version = (number: number, but: Partial<KeptAgreement> = {}): KeptAgreement => ({
  ...programme,
  cohortId: cohort.id,
  number,
  from: 'programme',
  keptAt: at(-10),
  ...but,
});
const keep = (agreement: KeptAgreement) =>
  kept.store.change(async ({ agreements }) => {
    await agreements.keep(agreement);
    return { ok: true, value: null };
  });
const now = (cohortId = cohort.id) => kept.store.records.agreements.now(cohortId);

describe('a version of an agreement', () => {
  it('comes back word for word, in the order of its languages', async () => {
    expect(await now()).toEqual({});
    await keep(version(1));
    expect(await now()).toEqual({ latest: version(1) });
  });

  it('is one that holds beside the one before it while the session goes on that was opened under that', async () => {
    await aSession(kept.store, cohort);
    expect(await now()).toEqual({ latest: version(1), atOpening: version(1) });
    const own = version(2, { from: 'cohort', publishedBy: 'admin', version: '3', keptAt: at(5) });
    await keep(own);
    expect(await now()).toMatchObject({ latest: { number: 2 }, atOpening: { number: 1 } });
    expect(await kept.store.records.agreements.heldAt(cohort.id, at(4))).toEqual(version(1));
    expect(await kept.store.records.agreements.heldAt(cohort.id, at(-11))).toBeUndefined();
    const history = await kept.store.records.agreements.history(cohort.id);
    expect(history.map(({ number }) => number)).toEqual([1, 2]);
  });

  it('is the next only once, however many are published at the same moment', async () => {
    const other = await aCohort(kept.store);
    const next = version(1, { cohortId: other.id });
    const answers = await Promise.all([keep(next), keep(next)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { code: 'somebody-was-first' } });
  });

  it('is never changed, deleted or emptied', async () => {
    for (const sql of [
      `UPDATE agreement_text SET title = 'Another' WHERE cohort_id = '${cohort.id}'`,
      'DELETE FROM agreement_text',
      'TRUNCATE agreement_text',
    ]) {
      await expect(runSql(kept.url, sql)).rejects.toThrow('append-only');
    }
  });
});

describe('a draft', () => {
  const draft = (but: Partial<AgreementDraft> = {}): AgreementDraft => ({
    cohortId: cohort.id,
    text: { locale: 'en', title: 'Ours', items: ['Be kind.'], confirmation: 'I agree', allows: {} },
    basedOn: 'a'.repeat(64),
    changedBy: 'admin',
    changedAt: at(1),
    version: 0,
    ...but,
  });
  const save = (wanted: AgreementDraft) =>
    write(kept.store, ({ agreements }) => agreements.saveDraft(wanted));
  const drafts = () => kept.store.records.agreements.drafts(cohort.id);

  it('is one a language, and saved only over the one that was read', async () => {
    await save(draft());
    await save(draft({ text: { ...draft().text, locale: 'es' } }));
    expect(await drafts()).toEqual([
      draft({ version: 1 }),
      draft({ version: 1, text: { ...draft().text, locale: 'es' } }),
    ]);
    await save(draft({ version: 1, changedBy: 'another' }));
    await expect(save(draft({ version: 1 }))).rejects.toThrow();
    expect(await drafts()).toMatchObject([{ changedBy: 'another' }, {}]);
  });

  it('is gone when it was discarded', async () => {
    await write(kept.store, ({ agreements }) => agreements.discardDrafts(cohort.id));
    expect(await drafts()).toEqual([]);
  });
});
