/** Cohorts, their members and their signatures, as they are kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Signature } from '../../../src/core/agreement.ts';
import type { Cohort, Membership } from '../../../src/core/cohort.ts';
import { aCohort, aMember, aStore, at, id, type Kept, newCohort, somebody, write } from './kept.ts';

let kept: Kept;
beforeAll(async () => {
  kept = await aStore();
});
afterAll(() => kept.store.close());

const signatureOf = (membership: Membership, but: Partial<Signature> = {}): Signature => ({
  id: id(),
  membershipId: membership.id,
  consentRound: 1,
  version: '1.0',
  sha256: 'a'.repeat(64),
  locale: 'en',
  signedAt: at(1),
  method: 'form',
  ...but,
});

const answer = (cohort: Cohort) => kept.store.change(({ cohorts }) => cohorts.add(cohort));

describe('people', () => {
  it('are one person however often and at once their account is seen', async () => {
    const { people } = kept.store.records;
    const seen = await Promise.all(Array.from({ length: 8 }, () => people.known('the-same')));
    expect(new Set(seen.map((person) => person.id)).size).toBe(1);
    expect(seen[0]?.account).toBe('the-same');
  });
});

describe('a cohort', () => {
  it('comes back as it was kept, by its id, its server and its people', async () => {
    const cohort = await aCohort(kept.store, { guildId: 'own', begunAt: at(3), zone: 'America/New_York' });
    const member = await aMember(kept.store, cohort);
    const { cohorts } = kept.store.records;
    expect(await cohorts.byId(cohort.id)).toEqual(cohort);
    expect(await cohorts.ofGuild('own')).toEqual([cohort]);
    for (const { account } of [cohort.lead, cohort.coFacilitator, member.person]) {
      expect(await cohorts.ofAccount('own', account)).toEqual([cohort]);
    }
    expect(await cohorts.ofAccount('another', cohort.lead.account)).toEqual([]);
    expect(await cohorts.byId(id())).toBeUndefined();
  });

  it('is found by its rooms', async () => {
    const cohort = await aCohort(kept.store);
    await write(kept.store, ({ roomRefs }) =>
      roomRefs.put(cohort.id, { kind: 'group', channelId: 'its-room' }),
    );
    expect(await kept.store.records.cohorts.byChannel('its-room')).toEqual(cohort);
    expect(await kept.store.records.cohorts.byChannel('no-room')).toBeUndefined();
  });

  it('is refused under a name that another active one of the server bears, whatever the case', async () => {
    const name = 'Ärgernis Straße';
    const first = await aCohort(kept.store, { name });
    const second = await newCohort(kept.store, { name: 'ärgernis straße' });
    expect(await answer(second)).toEqual({
      ok: false,
      refusal: { code: 'name-taken', name: 'ärgernis straße' },
    });
    expect(await answer({ ...second, guildId: 'another' })).toMatchObject({ ok: true });
    await write(kept.store, ({ cohorts }) => cohorts.save({ ...first, state: 'archived' }));
    expect(await answer({ ...second, id: id() })).toMatchObject({ ok: true });
  });

  it('that is archived belongs to nobody’s list', async () => {
    const cohort = await aCohort(kept.store, { guildId: 'closing' });
    await write(kept.store, ({ cohorts }) => cohorts.save({ ...cohort, state: 'archived' }));
    const { cohorts } = kept.store.records;
    expect(await cohorts.ofGuild('closing')).toEqual([]);
    expect(await cohorts.ofAccount('closing', cohort.lead.account)).toEqual([]);
    expect(await cohorts.byId(cohort.id)).toEqual({ ...cohort, state: 'archived', version: 1 });
  });
});

describe('the roster', () => {
  it('holds those who are enrolled, in the order in which they were, and not those discharged', async () => {
    const cohort = await aCohort(kept.store);
    const [first, second] = [await aMember(kept.store, cohort), await aMember(kept.store, cohort)];
    const { memberships } = kept.store.records;
    expect(new Set(await memberships.roster(cohort.id))).toEqual(new Set([first, second]));
    await write(kept.store, (records) => records.memberships.discharge(first.id, at(5)));
    expect(await memberships.roster(cohort.id)).toEqual([second]);
    const again = await aMember(kept.store, cohort, first.person);
    expect(new Set(await memberships.roster(cohort.id))).toEqual(new Set([second, again]));
  });

  it('refuses somebody who is on it already', async () => {
    const cohort = await aCohort(kept.store);
    const member = await aMember(kept.store, cohort);
    const twice = await kept.store.change(async ({ memberships }) => {
      await memberships.add({ ...member, id: id() });
      return { ok: true, value: null };
    });
    expect(twice).toEqual({ ok: false, refusal: { code: 'already-enrolled' } });
  });

  it('never holds more than there is room for, however many are enrolled at once', async () => {
    const cohort = await aCohort(kept.store, { capacity: 2 });
    const people = await Promise.all(Array.from({ length: 6 }, () => somebody(kept.store)));
    const outcomes = await Promise.all(
      people.map((person) =>
        kept.store.change(async ({ memberships }) => {
          await memberships.add({ id: id(), cohortId: cohort.id, person, enrolledAt: at(0) });
          return { ok: true, value: null };
        }),
      ),
    );
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2);
    expect(await kept.store.records.memberships.roster(cohort.id)).toHaveLength(2);
  });
});

describe('signatures', () => {
  it('come back as they were kept until they are withdrawn or their signer is discharged', async () => {
    const cohort = await aCohort(kept.store);
    const [ana, ben] = [await aMember(kept.store, cohort), await aMember(kept.store, cohort)];
    const [hers, his] = [signatureOf(ana), signatureOf(ben, { method: 'command', signedAt: at(2) })];
    await write(kept.store, async ({ signatures }) => {
      await signatures.add(hers);
      await signatures.add(his);
    });
    const { signatures } = kept.store.records;
    expect(await signatures.ofCohort(cohort.id)).toEqual([hers, his]);
    await write(kept.store, (records) => records.signatures.withdraw(ana.id, at(3)));
    expect(await signatures.ofCohort(cohort.id)).toEqual([his]);
    await write(kept.store, (records) => records.memberships.discharge(ben.id, at(4)));
    expect(await signatures.ofCohort(cohort.id)).toEqual([]);
  });

  it('are one for each membership, round of consent and text; after a withdrawal one may sign again', async () => {
    const cohort = await aCohort(kept.store);
    const ana = await aMember(kept.store, cohort);
    const sign = (signature: Signature) =>
      kept.store.change(async ({ signatures }) => {
        await signatures.add(signature);
        return { ok: true, value: null };
      });
    expect(await sign(signatureOf(ana))).toMatchObject({ ok: true });
    expect(await sign(signatureOf(ana))).toEqual({ ok: false, refusal: { code: 'already-signed' } });
    expect(await sign(signatureOf(ana, { consentRound: 2 }))).toMatchObject({ ok: true });
    expect(await sign(signatureOf(ana, { sha256: 'b'.repeat(64) }))).toMatchObject({ ok: true });
    await write(kept.store, ({ signatures }) => signatures.withdraw(ana.id, at(3)));
    expect(await sign(signatureOf(ana))).toMatchObject({ ok: true });
  });
});
