/** Somebody tells staff something in private: it reaches those who may know, and nobody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../src/core/alert.ts';
import { DAY } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const SUPERVISOR = '100000000000000026';
const WORDS = 'They wrote to me outside of the group';

let world: TestWorld;
let group: Group;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Fern');
});
afterAll(() => world.close());

const reports = (account: string, person: string) =>
  group.says(account, 'report', { given: { person, words: WORDS } });
const newest = async () =>
  (await world.store.records.alerts.ofCohort(group.cohort.id, 1))[0] ?? expect.fail('there is no alert');
const opens = async (account: string) => {
  const given = { alert: codeOf(await newest()), cohort: group.cohort.id };
  return readable(await group.people.read(account, 'alert view', { given }));
};
const told = () =>
  world.discord.notices.flatMap(({ account, notice }) => (notice.kind === 'alert' ? [account] : []));
const saidInStaffRoom = () => group.said('staff').filter((kind) => kind === 'alert').length;

describe('a report about a member', () => {
  it('is read by the facilitators, and not by whom it is about, nor by anybody else', async () => {
    expect(await reports(ANA, BEN)).toContain('your facilitators are told');
    await group.settle();
    expect(told()).toEqual([LEAD]);
    for (const account of [LEAD, CO_FACILITATOR]) expect(await opens(account)).toContain(WORDS);
    for (const account of [BEN, ANA, OUTSIDER]) expect(await opens(account)).not.toContain(WORDS);
  });

  it('is sealed, and stands in no message', async () => {
    const { rows } = await runSql(world.url, 'SELECT * FROM alert');
    expect(JSON.stringify(rows)).not.toContain(WORDS);
    const everything = [world.discord.notices, world.discord.said, [...world.discord.messages.values()]];
    expect(JSON.stringify(everything)).not.toContain(WORDS);
    expect(JSON.stringify(world.log.entries)).not.toContain(WORDS);
  });

  it('is refused about oneself, and about nobody of the group', async () => {
    expect(await reports(ANA, ANA)).not.toContain('Thank you');
    expect(await reports(ANA, OUTSIDER)).not.toContain('Thank you');
  });
});

describe('a report about somebody who looks after people of the group', () => {
  const THERAPIST = '100000000000000025';
  const names = (what: string, given: Record<string, unknown>) =>
    group.people.read(ADMIN, `cohort ${what}`, { given: { cohort: 'Fern', ...given } });

  it('is read by the facilitators, and never by whom it is about', async () => {
    await names('therapist', { person: ANA, therapist: THERAPIST });
    await names('supervisor', { person: SUPERVISOR });
    for (const person of [THERAPIST, SUPERVISOR]) {
      const before = told().length;
      expect(await reports(ANA, person)).toContain('your facilitators are told');
      await group.settle();
      expect(told().slice(before)).toEqual([LEAD]);
      expect(await opens(LEAD)).toContain(WORDS);
      expect(await opens(person)).not.toContain(WORDS);
    }
  });

  it('tells nobody whose therapist somebody is', async () => {
    expect(await reports(BEN, THERAPIST)).not.toContain('Thank you');
    // From here on, the group has nobody apart from its facilitators, and whoever named them so is told.
    expect(readable(await names('supervisor', { person: LEAD }))).toContain('facilitate the group as well');
  });
});

describe('a report about a facilitator', () => {
  it('says plainly when there is no supervisor whom it could reach', async () => {
    expect(await reports(ANA, LEAD)).toContain('has no supervisor apart from them');
  });

  it('reaches the supervisor alone: neither facilitator is told, reads it, or sees that it is there', async () => {
    await group.people.read(ADMIN, 'cohort supervisor', { given: { cohort: 'Fern', person: SUPERVISOR } });
    await group.settle();
    // What is about others climbs meanwhile, which is another story.
    for (const { id } of await world.store.records.alerts.unclosed(group.cohort.id)) {
      await group.people.read(LEAD, 'alert close', {
        given: { alert: codeOf({ id }), outcome: 'spoken-with', cohort: 'Fern' },
      });
    }
    const [before, said] = [told().length, saidInStaffRoom()];
    expect(await reports(ANA, CO_FACILITATOR)).toContain('supervisor of your group is told');
    await group.settle();
    world.clock.pass(2 * DAY);
    await group.settle();
    expect(new Set(told().slice(before))).toContain(SUPERVISOR);
    expect(told().slice(before)).not.toContain(CO_FACILITATOR);
    expect(saidInStaffRoom()).toBe(said);
    expect(await opens(SUPERVISOR)).toContain(WORDS);
    for (const account of [LEAD, CO_FACILITATOR]) {
      expect(await opens(account)).not.toContain(WORDS);
      const given = { cohort: 'Fern' };
      const list = readable(await group.people.read(account, 'alert list', { given }));
      expect(list).not.toContain(codeOf(await newest()));
    }
    expect(JSON.stringify(group.boards('staff-panel'))).not.toContain((await newest()).id);
  });

  it('is not read by the other one who is called the supervisor, and whoever tells it is not told otherwise', async () => {
    await group.people.read(ADMIN, 'cohort supervisor', { given: { cohort: 'Fern', person: LEAD } });
    const before = told().length;
    for (const person of [LEAD, CO_FACILITATOR]) {
      expect(await reports(ANA, person)).toContain('has no supervisor apart from them');
      await group.settle();
      world.clock.pass(2 * DAY);
      await group.settle();
      for (const account of [LEAD, CO_FACILITATOR]) expect(await opens(account)).not.toContain(WORDS);
    }
    expect(told().slice(before)).toEqual([]);
  });

  it('about the supervisor is read by the facilitators, and nobody is told that the supervisor can read it', async () => {
    await group.people.read(ADMIN, 'cohort supervisor', { given: { cohort: 'Fern', person: SUPERVISOR } });
    const text = await reports(ANA, SUPERVISOR);
    expect(text).toContain('The supervisor, whom it is about, cannot');
    expect(text).not.toContain('the supervisor can read it');
    await group.settle();
    expect(await opens(LEAD)).toContain(WORDS);
    expect(await opens(SUPERVISOR)).not.toContain(WORDS);
  });
});

describe('somebody who would like to be contacted', () => {
  it('ticks it after checking in, and staff are told once, however often', async () => {
    await group.says(LEAD, 'session open');
    const card = await group.people.read(ANA, 'check-in', {
      given: { share: 'pass' },
      channelId: group.room('group'),
    });
    const tick =
      card.actions?.flat().find(({ command }) => command === 'contact-me') ?? expect.fail('no tick');
    const before = told().length;
    for (let times = 0; times < 2; times += 1) {
      await group.people.press(ANA, tick, { channelId: group.room('group') });
    }
    await group.settle();
    expect(await newest()).toMatchObject({ kind: 'contact', times: 2 });
    expect(told().slice(before)).toEqual([LEAD]);
  });
});
