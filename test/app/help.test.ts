/** Somebody asks for help: they are answered at once, and whoever is on call is told, until somebody looks after it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { codeOf } from '../../src/core/alert.ts';
import { MINUTE, SECOND } from '../../src/core/time.ts';
import type { Store } from '../../src/ports/store.ts';
import { runSql } from '../postgres.ts';
import { askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const SUPERVISOR = '100000000000000026';

let world: TestWorld;
let group: Group;
const worlds: TestWorld[] = [];

const onCall = (hours = 'always') =>
  group.says(LEAD, 'on-call set', { given: { person: LEAD, hours }, channelId: group.room('staff') });

beforeEach(async () => {
  world = await testWorld();
  worlds.push(world);
  group = await aGroup(world, 'Fern');
  await group.people.read(ADMIN, 'cohort supervisor', { given: { cohort: 'Fern', person: SUPERVISOR } });
  await group.settle();
});
afterEach(() => Promise.all(worlds.splice(0).map((each) => each.close())));

const alerts = () => world.store.records.alerts.ofCohort(group.cohort.id, 10);
const onlyAlert = async () => {
  const [alert, ...more] = await alerts();
  if (!alert || more.length > 0) throw new Error(`there are ${more.length + (alert ? 1 : 0)} alerts`);
  return alert;
};
const until = async (is: () => Promise<boolean> | boolean): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await is()) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error('it did not come to pass');
};
const kept = () => until(() => world.spool.pleas.size === 0);
const asks = async (account = ANA) => {
  const said = await group.says(account, 'help-now');
  await kept();
  await group.settle();
  return said;
};
/** Who was told of an alert by themselves, in order. */
const told = () =>
  world.discord.notices.filter(({ notice }) => notice.kind === 'alert').map(({ account }) => account);
const called = () =>
  world.discord.said.flatMap(({ announcement }) =>
    announcement.kind === 'alert' ? [announcement.account] : [],
  );
const goesBy = async (ms: number) => {
  world.clock.pass(ms);
  await group.settle();
};
const staff = (account: string, path: string, given: Record<string, unknown> = {}) =>
  group.says(account, path, { given, channelId: group.room('staff') });

/** A store that is down: whatever is asked of it fails. */
const noStore = (): Store => {
  const down = () => Promise.reject(new Error('the database is down'));
  const records = new Proxy({}, { get: () => new Proxy({}, { get: () => down }) });
  const store: Store = { records: records as Store['records'], change: down, by: () => store };
  return store;
};

describe('whoever asks for help', () => {
  it('is told plainly that nobody is, while nobody is on call, and nobody is told', async () => {
    expect(await asks()).toContain('Hearth knows of nobody who is on call');
    expect(await alerts()).toEqual([]);
    expect(told()).toEqual([]);
  });

  it('is answered from memory alone: nothing that is kept is asked', async () => {
    await onCall();
    const people = askerOf({ ...world, store: noStore() }, commands);
    for (const account of [ANA, OUTSIDER]) {
      const card = await people.read(account, 'help-now', { channelId: group.room('group') });
      expect(readable(card)).toContain('If a life is in danger');
    }
  });

  it('has whoever is on call told, by themselves and in the staff room, with a code and nobody’s name', async () => {
    await onCall();
    expect(await asks()).toContain('Hearth is telling the people who are on call');
    expect(told()).toEqual([LEAD]);
    expect(called()).toEqual([LEAD]);
    const everything = JSON.stringify([
      world.discord.notices.map(({ notice }) => notice),
      world.discord.said.map(({ announcement }) => announcement),
    ]);
    expect(everything).not.toContain(ANA);
  });

  it('adds to what is open when they ask again, and nothing is dropped', async () => {
    await onCall();
    await asks();
    expect(await asks()).toContain('now that you asked again');
    await asks();
    expect(await onlyAlert()).toMatchObject({ times: 3 });
    expect(told()).toEqual([LEAD]);
    const [panel] = group.boards('staff-panel');
    expect(panel?.alerts).toMatchObject([{ kind: 'help', times: 3 }]);
  });

  it('counts once, however often the same request comes in', async () => {
    await onCall();
    const asking = { account: ANA, guildId: '', channelId: group.room('group'), at: world.clock.now() };
    for (let times = 0; times < 3; times += 1) world.helpDesk.raise({ id: 'the same', ...asking });
    await kept();
    expect(await onlyAlert()).toMatchObject({ times: 1 });
  });

  it('is told so outside of the hours, and those on call are told all the same', async () => {
    // It is Monday, 16:00 in UTC.
    await onCall('Tue 9:00-17:00');
    expect(await asks()).toContain('Nobody is on call for your group at this time');
    expect(told()).toEqual([LEAD]);
    expect(await onlyAlert()).toMatchObject({ isOutside: true });
  });

  it('may have left the group moments ago: what staff are told then opens to them', async () => {
    await onCall();
    await world.helpDesk.refresh();
    await group.people.read(ADMIN, 'cohort discharge', {
      given: { cohort: 'Fern', person: ANA, sure: 'yes' },
    });
    expect(await asks(ANA)).toContain('Hearth is telling');
    expect(told()).toEqual([LEAD]);
    expect(await staff(LEAD, 'alert view', { alert: codeOf(await onlyAlert()) })).toContain(`<@${ANA}>`);
    await world.helpDesk.refresh();
    expect(await asks(ANA)).toContain('Hearth knows of nobody');
  });

  it('may be a facilitator, who is not called to themselves', async () => {
    await onCall();
    await asks(LEAD);
    expect(told()).toEqual([CO_FACILITATOR]);
  });

  it('has the next told as well when whoever is on call is not told within moments, or cannot be', async () => {
    await onCall();
    const { direct } = world.messenger;
    const { say } = world.rooms;
    let isStuck = true;
    const stuck = () => (isStuck ? new Promise<never>(() => {}) : Promise.reject(new Error('gone wrong')));
    Object.assign(world.messenger, {
      direct: (...asked: Parameters<typeof direct>) => (asked[0] === LEAD ? stuck() : direct(...asked)),
    });
    Object.assign(world.rooms, {
      say: (...asked: Parameters<typeof say>) =>
        JSON.stringify(asked[1]).includes(LEAD) ? stuck() : say(...asked),
    });
    for (const account of [ANA, BEN]) {
      await group.says(account, 'help-now');
      await until(() => told().length > 0);
      expect(told()).toEqual([CO_FACILITATOR]);
      await kept();
      world.discord.notices.length = 0;
      isStuck = false;
    }
  });

  it('has the next called by name in the staff room when nothing can be told them alone', async () => {
    await onCall();
    const { direct } = world.messenger;
    Object.assign(world.messenger, { direct: () => Promise.reject(new Error('gone wrong')) });
    const { say } = world.rooms;
    Object.assign(world.rooms, {
      say: (...asked: Parameters<typeof say>) =>
        JSON.stringify(asked[1]).includes(LEAD) ? new Promise<never>(() => {}) : say(...asked),
    });
    await group.says(ANA, 'help-now');
    await until(() => called().length > 0);
    expect(called()).toEqual([CO_FACILITATOR]);
    Object.assign(world.messenger, { direct });
    Object.assign(world.rooms, { say });
  });

  it('is known by the alert that is kept, also where this process knew of another', async () => {
    await onCall();
    await asks();
    // As if it had been told of the end of an earlier one only now.
    world.helpDesk.closed(group.cohort.id, ANA);
    expect(await asks()).toContain('Hearth is telling');
    expect(await asks()).toContain('now that you asked again');
    expect(await onlyAlert()).toMatchObject({ times: 3 });
  });

  it('is heard also when they press a button in a direct message', async () => {
    await onCall();
    await group.people.read(ANA, 'help-now', {
      direct: true,
      given: { cohort: group.cohort.id },
      channelId: '',
    });
    await kept();
    expect((await onlyAlert()).person.account).toBe(ANA);
  });

  it('cannot call the people of another group, whatever the button says', async () => {
    await onCall();
    await group.people.read(OUTSIDER, 'help-now', { given: { cohort: group.cohort.id } });
    await kept();
    expect(await alerts()).toEqual([]);
  });
});

describe('the country whose lines somebody is shown', () => {
  const choose = (country: string) => group.says(ANA, 'help-now', { via: 'press', given: { country } });

  it('is none until they choose one, and then that one, also after a restart', async () => {
    expect(await group.says(ANA, 'help-now')).toContain('Lines of every country');
    expect(await choose('ES')).toContain('024');
    await until(async () => {
      const { id } = await world.store.records.people.known(ANA);
      return (await world.store.records.crisisLines.countryOf(id)) === 'ES';
    });
    const later = await world.restart();
    worlds.push(later);
    await later.helpDesk.begin();
    const card = await askerOf(later, commands).read(ANA, 'help-now');
    expect(readable(card)).toContain('024');
    expect(readable(await askerOf(later, commands).read(BEN, 'help-now'))).not.toContain('024');
  });

  it('tells nobody of it again', async () => {
    await onCall();
    await choose('ES');
    await kept();
    expect(await alerts()).toEqual([]);
  });

  it('shows what the admins have put in its place, on their server alone', async () => {
    const given = { country: 'es', emergency: '061', lines: 'Our own line: call 555 0100' };
    await group.people.read(ADMIN, 'crisis-lines set', { given });
    expect(await choose('ES')).toMatch(/061[\s\S]*555 0100/);
    await group.people.read(ADMIN, 'crisis-lines reset', { given: { country: 'ES' } });
    expect(await choose('ES')).toContain('024');
  });
});

describe('while the database is down', () => {
  it('whoever is on call is told directly, and it is kept once it answers, told once', async () => {
    await onCall();
    const { change } = world.store;
    let isDown = true;
    Object.assign(world.store, {
      change: (work: never) => (isDown ? Promise.reject(new Error('down')) : change(work)),
    });
    expect(await group.says(ANA, 'help-now')).toContain('Hearth is telling');
    await until(() => told().length === 1);
    expect(called()).toEqual([LEAD]);
    expect(world.spool.pleas.size).toBe(1);
    isDown = false;
    await kept();
    await group.settle();
    expect(await onlyAlert()).toMatchObject({ times: 1 });
    expect(told()).toEqual([LEAD]);
    expect(called()).toEqual([LEAD]);
  });

  it('somebody whose alert was closed before is told of anew, however lately that was', async () => {
    await onCall();
    await asks();
    // Looked at while it is open, and not again.
    await world.helpDesk.refresh();
    const given = { alert: codeOf(await onlyAlert()), outcome: 'spoken-with', cohort: 'Fern' };
    await group.people.read(LEAD, 'alert close', { given });
    Object.assign(world.store, { change: () => Promise.reject(new Error('down')) });
    expect(await group.says(ANA, 'help-now')).toContain('Hearth is telling');
    await until(() => told().length === 2);
    expect(told()).toEqual([LEAD, LEAD]);
  });

  it('a process that is killed finds on its disk what it had not kept', async () => {
    await onCall();
    Object.assign(world.store, { change: () => Promise.reject(new Error('down')) });
    await group.says(ANA, 'help-now');
    const later = await world.restart();
    worlds.push(later);
    await later.helpDesk.begin();
    await until(() => later.spool.pleas.size === 0);
    expect(await later.store.records.alerts.ofCohort(group.cohort.id, 10)).toHaveLength(1);
  });
});

describe('an alert', () => {
  it('climbs to the next, to the supervisor, and to all of them again, until its rounds are over', async () => {
    await onCall();
    await asks();
    await goesBy(2 * MINUTE - SECOND);
    expect(told()).toEqual([LEAD]);
    await goesBy(SECOND);
    expect(told()).toEqual([LEAD, CO_FACILITATOR]);
    await goesBy(2 * MINUTE);
    expect(told()).toEqual([LEAD, CO_FACILITATOR, SUPERVISOR]);
    // Who does not read in the staff room is not called there.
    expect(called()).toEqual([LEAD, CO_FACILITATOR, undefined]);
    await goesBy(5 * MINUTE);
    expect(told().at(-1)).toBe(LEAD);
    for (let minutes = 0; minutes < 60; minutes += 1) await goesBy(MINUTE);
    expect(told()).toHaveLength(9);
    const { id } = await onlyAlert();
    const kinds = (await world.store.records.alerts.events(id)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'unanswered')).toHaveLength(3);
  });

  it('climbs no further once somebody has acknowledged it, and tells them when it is asked again', async () => {
    await onCall();
    await asks();
    const code = codeOf(await onlyAlert());
    expect(await staff(CO_FACILITATOR, 'alert acknowledge', { alert: code })).toContain('looks after it');
    await goesBy(20 * MINUTE);
    expect(told()).toEqual([LEAD]);
    await asks();
    expect(told()).toEqual([LEAD, CO_FACILITATOR]);
  });

  it('is opened from a direct message by whoever is responsible, which is noted', async () => {
    await onCall();
    await asks();
    const alert = codeOf(await onlyAlert());
    const given = { alert, cohort: group.cohort.id };
    const direct = { direct: true as const, channelId: '', given };
    const card = await group.people.read(SUPERVISOR, 'alert view', direct);
    expect(readable(card)).toContain(`<@${ANA}>`);
    expect(readable(card)).toContain(`opened by <@${SUPERVISOR}>`);
  });

  it('is opened by nobody else', async () => {
    await onCall();
    await asks();
    const given = { alert: codeOf(await onlyAlert()), cohort: 'Fern' };
    for (const account of [ANA, BEN, OUTSIDER]) {
      expect(await group.says(account, 'alert view', { given })).not.toContain(`<@${ANA}>`);
    }
  });

  it('is closed only with what came of it, which stays as it is, and what was noted is sealed', async () => {
    await onCall();
    await asks();
    const alert = codeOf(await onlyAlert());
    const asked = await group.people.ask(LEAD, 'alert close', { given: { alert, cohort: 'Fern' } });
    expect(asked).toMatchObject({ kind: 'ask' });
    const given = { alert, outcome: 'spoken-with', note: 'We talked for a while' };
    expect(await staff(LEAD, 'alert close', given)).toContain('Spoken with');
    expect(await staff(LEAD, 'alert close', given)).toContain('closed already');
    expect((await world.store.records.alerts.ofCohort(group.cohort.id, 1))[0]?.closed?.note).toBeDefined();
    const { rows } = await runSql(world.url, 'SELECT * FROM alert');
    expect(JSON.stringify(rows)).not.toContain('We talked');
    await group.settle();
    expect(group.boards('staff-panel')[0]?.alerts).toBeUndefined();
    expect(await asks()).toContain('Hearth is telling the people');
    expect(await alerts()).toHaveLength(2);
  });

  it('has a record that nobody changes', async () => {
    await onCall();
    await asks();
    await expect(runSql(world.url, 'UPDATE alert_event SET at = now()')).rejects.toThrow('append-only');
    await expect(runSql(world.url, 'DELETE FROM alert_event')).rejects.toThrow('append-only');
  });
});

describe('switching alerts on', () => {
  it('is refused without hours that can be read, a facilitator, and a supervisor', async () => {
    const set = (person: string, hours: string, cohort = 'Fern') =>
      group.people.read(ADMIN, 'on-call set', { given: { person, hours, cohort } }).then(readable);
    expect(await set(LEAD, 'soon')).toContain('could not be read as hours');
    expect(await set(BEN, 'always')).toContain('one of the two facilitators');
    await aGroup(world, 'Moss');
    expect(await set(LEAD, 'always', 'Moss')).toContain('name a supervisor');
  });

  it('tells who is on call, when, and whom it reaches next; off, it says so', async () => {
    expect(await onCall('Mon-Fri 9:00-17:00')).toMatch(
      /Mon-Fri 09:00-17:00[\s\S]*at once[\s\S]*after 2 minutes/,
    );
    expect(await staff(LEAD, 'on-call off')).toContain('switched off');
    expect(await asks()).toContain('knows of nobody');
  });
});
