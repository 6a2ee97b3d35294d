/** Where people are during a session, and whom to call: asked before it, confirmed with one press, seen only when needed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { nightly } from '../../src/app/dispose.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { runSql } from '../postgres.ts';
import { readable } from '../world/asking.ts';
import { browsing, tokenIn } from '../world/browsing.ts';
import { ADMIN, ANA, BEN, CLEO, LEAD, OUTSIDER } from '../world/cast.ts';
import { anExpectedMeeting } from '../world/expected.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

const PLACE = 'canary: 12 Harbour Lane, third floor';
const CONTACT = 'canary: my sister Rosa, 555 0134';
const SAID = { alone: 'private', place: PLACE, contact: CONTACT };

let world: TestWorld;
let group: Group;
let made = 0;

const policy = (given: Record<string, string>) =>
  group.people.read(ADMIN, 'cohort policy', { given: { cohort: group.cohort.name, ...given } });

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  made += 1;
  group = await aGroup(world, `Harbour ${made}`, { signed: [ANA, BEN] });
  await policy({ 'confirm-place': 'yes' });
});

/** The meeting begins in so many milliseconds. */
const meetsIn = async (ms: number) => {
  const meeting = await anExpectedMeeting(world, group, ms);
  await group.settle();
  return meeting;
};
const goesBy = async (ms: number) => {
  world.clock.pass(ms);
  await group.settle();
};
/** Five minutes before a meeting. */
const soon = async () => {
  const meeting = await meetsIn(HOUR);
  await goesBy(55 * MINUTE);
  return meeting;
};
const confirms = (account: string, said: Record<string, string> = SAID) =>
  group.says(account, 'place confirm', { given: said });
const places = async () => {
  await group.settle();
  return group.boards('staff-panel').at(-1)?.places;
};
const rowsOf = async (query: string) => (await runSql(world.url, query, [group.cohort.id])).rows;
const reads = () =>
  rowsOf(
    "SELECT role, command, outcome FROM audit_entry WHERE action = 'read' AND kind = 'place' AND cohort = $1",
  );
const kept = () => rowsOf('SELECT * FROM told_place WHERE cohort_id = $1');

describe('before a session', () => {
  it('nobody is asked until an hour before it', async () => {
    await meetsIn(HOUR + MINUTE);
    expect(await confirms(ANA)).toContain('from an hour before');
    expect(await places()).toBeUndefined();
    await goesBy(MINUTE);
    expect(await confirms(ANA)).toContain('you have confirmed where you are');
  });

  it('the lobby asks everybody, and staff see who has, without a word of it', async () => {
    await soon();
    expect(group.boards('lobby').at(-1)?.asksPlace).toEqual({ mayPass: true });
    expect(await places()).toEqual({ confirmed: [], passed: [], notYet: [ANA, BEN] });
    await confirms(ANA);
    expect(await places()).toEqual({ confirmed: [ANA], passed: [], notYet: [BEN] });
    await group.says(BEN, 'place pass');
    expect(await places()).toEqual({ confirmed: [ANA], passed: [BEN], notYet: [] });
    expect(JSON.stringify([[...world.discord.messages.values()], world.discord.said])).not.toContain(
      'canary',
    );
  });

  it('whoever is not by themselves is not confirmed, and what they told is kept all the same', async () => {
    await soon();
    expect(await confirms(ANA, { ...SAID, alone: 'not-private' })).toContain('headphones');
    expect(await places()).toMatchObject({ confirmed: [], notYet: [ANA, BEN] });
    await group.says(ANA, 'place same');
    expect(await places()).toMatchObject({ confirmed: [ANA] });
  });

  it('whoever has said that they cannot come is not waited for', async () => {
    const meeting = await soon();
    await group.says(BEN, 'rsvp', { given: { meeting: meeting.id, answer: 'not-coming' } });
    expect(await places()).toMatchObject({ notYet: [ANA] });
  });

  it('the session opens all the same when nobody has said it, and asks still', async () => {
    await soon();
    await group.says(LEAD, 'session open');
    expect(await places()).toMatchObject({ notYet: [ANA, BEN] });
    expect(group.boards('session-card').at(-1)).toMatchObject({ asksPlace: { mayPass: true } });
    await confirms(BEN);
    expect(await places()).toMatchObject({ confirmed: [BEN] });
  });

  it('nobody is asked in a group that does not want it', async () => {
    await policy({ 'confirm-place': 'no' });
    await soon();
    expect(group.boards('lobby').at(-1)?.asksPlace).toBeUndefined();
    expect(await places()).toBeUndefined();
    expect(await confirms(ANA)).toContain('not asked');
  });
});

describe('what was said last time', () => {
  it('is confirmed with one press, for the next session alone', async () => {
    await soon();
    await confirms(ANA);
    await group.says(LEAD, 'session open');
    await group.says(LEAD, 'session end');
    await goesBy(2 * DAY);
    await soon();
    expect(await places()).toMatchObject({ confirmed: [], notYet: [ANA, BEN] });
    expect(await group.says(ANA, 'place same')).toContain('you have confirmed where you are');
    expect(await places()).toMatchObject({ confirmed: [ANA] });
    expect(await group.says(LEAD, 'place show', { given: { person: ANA } })).toContain(PLACE);
  });

  it('is asked for once more when nothing is kept, as after a pass', async () => {
    await soon();
    const asked = await group.people.read(BEN, 'place same', { channelId: group.room('group') });
    expect(asked.actions?.flat().map(({ command }) => command)).toEqual(['place confirm']);
    await confirms(BEN);
    await group.says(BEN, 'place pass');
    expect(await group.says(BEN, 'place same')).toContain('Nothing is kept');
    expect(await kept()).toMatchObject([{ how: 'passed', sealed_place: null, sealed_contact: null }]);
  });

  it('lies sealed, and goes by itself after a week', async () => {
    await soon();
    await confirms(ANA);
    expect(JSON.stringify(await kept())).not.toContain('canary');
    const night = nightly(world);
    await goesBy(6 * DAY);
    await night();
    expect(await kept()).toHaveLength(1);
    await goesBy(2 * DAY);
    await night();
    expect(await kept()).toEqual([]);
  });

  it('is given to whom it belongs, and erased when they ask for that', async () => {
    await soon();
    await confirms(ANA);
    const reply = await group.people.ask(ANA, 'my-data export', { given: { as: 'json' } });
    const content = reply.kind === 'tell' ? reply.file?.content : '';
    for (const words of [PLACE, CONTACT]) expect(content).toContain(words);
    await group.people.read(ANA, 'my-data erase', { given: { what: 'place', sure: 'yes' } });
    expect(await kept()).toEqual([]);
  });
});

describe('whoever looks', () => {
  beforeEach(async () => {
    await soon();
    await confirms(ANA);
  });
  const looks = (account: string, person = ANA) =>
    group.says(account, 'place show', { given: { cohort: group.cohort.name, person } });

  it('is a facilitator of the group, and that they looked is noted', async () => {
    const text = await looks(LEAD);
    for (const words of [PLACE, CONTACT]) expect(text).toContain(words);
    expect(await reads()).toMatchObject([{ role: 'lead', command: 'place show', outcome: 'done' }]);
  });

  it('is no member of it, nor anybody outside', async () => {
    for (const account of [ANA, BEN, OUTSIDER]) expect(await looks(account)).not.toContain('canary');
    expect(await reads()).toEqual([]);
  });

  it('is their own therapist, and no other', async () => {
    await confirms(BEN);
    const given = { cohort: group.cohort.name, person: ANA, therapist: OUTSIDER };
    await group.people.read(ADMIN, 'cohort therapist', { given });
    expect(await looks(OUTSIDER)).toContain(PLACE);
    expect(await looks(OUTSIDER, BEN)).toContain('while an alert of that person is not closed');
    expect(await reads()).toMatchObject([{ role: 'therapist', outcome: 'done' }]);
  });

  it('is the supervisor or an admin only while an alert of that person is not closed', async () => {
    expect(await looks(ADMIN)).toContain('while an alert of that person is not closed');
    await group.people.read(ADMIN, 'cohort supervisor', {
      given: { cohort: group.cohort.name, person: OUTSIDER },
    });
    await group.says(ANA, 'contact-me');
    const [alert] = await world.store.records.alerts.unclosed(group.cohort.id);
    const code = `A-${alert?.id.slice(-5).toUpperCase()}`;
    const card = await group.people.read(OUTSIDER, 'alert view', {
      given: { cohort: group.cohort.name, alert: code },
    });
    const look = card.actions?.flat().find(({ command }) => command === 'place show');
    if (!look) throw new Error('nothing to look at is offered');
    const shown = await group.people.press(OUTSIDER, look, { channelId: group.room('staff') });
    expect(shown.kind === 'tell' && readable(shown.card)).toContain(PLACE);
    expect(await looks(ADMIN, BEN)).not.toContain('canary');
    await group.says(LEAD, 'alert close', { given: { alert: code, outcome: 'spoken-with' } });
    expect(await looks(ADMIN)).toContain('while an alert of that person is not closed');
  });
});

describe('a group that is treatment', () => {
  const clinic = async () => {
    const given = { name: 'Clinic', type: 'support', lead: LEAD, 'co-facilitator': ADMIN, clinical: 'yes' };
    await group.people.read(ADMIN, 'cohort create', { given });
    await group.people.read(ADMIN, 'cohort enrol', { given: { cohort: 'Clinic', person: CLEO } });
    const made = (await world.store.records.cohorts.ofGuild(group.cohort.guildId)).find(
      ({ name }) => name === 'Clinic',
    );
    if (!made) throw new Error('the clinic was not made');
    await group.people.read(CLEO, 'agreement sign', { given: { cohort: 'Clinic', confirm: 'I agree' } });
    return made;
  };
  const inClinic = (path: string, given = {}) =>
    group.people.ask(CLEO, path, { given: { cohort: 'Clinic', ...given } });

  it('asks for it on its own, on a page, and takes no pass', async () => {
    const made = await clinic();
    expect(made.settings.confirmsPlace).toBe(true);
    await group.people.read(LEAD, 'session open', { given: { cohort: 'Clinic' } });
    await world.store.records.sessions.unfinished(made.id);
    const passed = await inClinic('place pass');
    expect(passed.kind === 'tell' && passed.card.text).toContain('needs to know where you are');
    const web = await browsing(world);
    try {
      const token = tokenIn(await inClinic('place confirm', SAID));
      expect((await web.look(token)).fields).toEqual(['alone', 'place', 'contact']);
      expect((await web.send(token, SAID)).text).toContain('you have confirmed where you are');
    } finally {
      await web.stop();
    }
    const same = await inClinic('place same');
    expect(same.kind === 'tell' && same.card.text).toContain('you have confirmed');
    expect(await world.store.records.toldPlaces.marks(made.id)).toMatchObject([{ how: 'private' }]);
  });
});

describe('before a time of somebody with their therapist', () => {
  const meetsAlone = async (ms: number) => {
    const startsAt = new Date(world.clock.now().getTime() + ms).toISOString();
    const given = { person: ANA, date: startsAt.slice(0, 10), time: startsAt.slice(11, 16) };
    expect(await group.says(LEAD, 'individual schedule', { given })).toContain('planned');
    await group.settle();
  };
  /** It stands in a room of the two, which is none of the group's. */
  const card = () =>
    [...world.discord.messages.values()]
      .map(({ board }) => board)
      .findLast(({ kind }) => kind === 'individual-card');

  it('they are asked as before a session of the group, and nobody else is', async () => {
    await meetsAlone(2 * HOUR);
    expect(await confirms(ANA)).toContain('from an hour before');
    await goesBy(HOUR + MINUTE);
    expect(await confirms(BEN)).toContain('from an hour before');
    const reminded = world.discord.notices
      .map(({ notice }) => notice)
      .findLast(({ kind }) => kind === 'reminder');
    expect(reminded).toMatchObject({ asksPlace: { mayPass: true } });
    await goesBy(50 * MINUTE);
    expect(card()).toMatchObject({ state: 'planned', place: { mayPass: true, told: false } });
    expect(await confirms(ANA)).toContain('you have confirmed where you are');
    await group.settle();
    expect(card()).toMatchObject({ place: { told: true } });
    expect(JSON.stringify(card())).not.toContain('canary');
    expect(await group.says(LEAD, 'place show', { given: { person: ANA } })).toContain(PLACE);
  });

  it('they are not asked where the group does not ask it', async () => {
    await policy({ 'confirm-place': 'no' });
    await meetsAlone(HOUR);
    await goesBy(51 * MINUTE);
    expect(card()).toMatchObject({ state: 'planned' });
    expect(card()).not.toHaveProperty('place');
    expect(await confirms(ANA)).toContain('not asked');
  });
});
