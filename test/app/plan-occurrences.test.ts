/** A schedule becomes meetings that are rows, each once, and each leads to what is due around it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planAhead } from '../../src/app/plan-ahead.ts';
import { allow } from '../../src/core/outcome.ts';
import type { RunningSchedule } from '../../src/core/schedule.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { aGroup, type Group } from '../world/group.ts';
import { asHearthDoes } from '../world/jobs.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let schedule: RunningSchedule;

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Planned');
  schedule = {
    id: world.ids.next(),
    cohortId: group.cohort.id,
    slots: [{ kind: 'weekly', days: ['mon', 'wed'], times: ['18:00'] }],
    minutes: 60,
    zone: 'Europe/Madrid',
    firstDate: '2026-05-04',
    lastDate: '2026-06-28',
    writtenAt: world.clock.now(),
    writtenBy: '1',
    version: 0,
    state: 'running',
    plannedUntil: world.clock.now(),
  };
  await world.store.change(async ({ schedules }) => {
    const { plannedUntil: _none, ...draft } = schedule;
    await schedules.addDraft({ ...draft, state: 'draft' });
    await schedules.save(schedule);
    return allow(null);
  });
});
afterAll(() => world.close());

const ahead = () => world.store.records.occurrences.ahead(group.cohort.id, world.clock.now());
const work = () => world.settle(asHearthDoes(world));

describe('a schedule', () => {
  it('is planned four weeks ahead by the heartbeat, each meeting once, however many plan it', async () => {
    await Promise.all([planAhead(world), planAhead(world)]);
    await work();
    const planned = await ahead();
    // The clock stands on Monday the fourth, 18:00 in Madrid: that meeting has begun and is left out.
    expect(planned.map(({ wall }) => wall)).toEqual([
      '2026-05-06T18:00',
      '2026-05-11T18:00',
      '2026-05-13T18:00',
      '2026-05-18T18:00',
      '2026-05-20T18:00',
      '2026-05-25T18:00',
      '2026-05-27T18:00',
      '2026-06-01T18:00',
    ]);
  });

  it('asks for nothing more until another day has to be planned', async () => {
    await planAhead(world);
    const waiting = await world.jobs();
    expect(waiting.filter(({ job }) => job.name === 'plan-occurrences')).toEqual([]);
    world.clock.pass(2 * DAY + HOUR / 2);
    await planAhead(world);
    await work();
    expect((await ahead()).at(-1)?.wall).toBe('2026-06-03T18:00');
  });

  it('has one job waiting for each meeting', async () => {
    const due = (await world.jobs()).filter(({ job }) => job.name === 'occurrence-due');
    expect(due).toHaveLength((await ahead()).length);
  });

  it('gives a meeting up that nobody opened', async () => {
    world.clock.pass(2 * HOUR);
    await work();
    const [first] = await world.store.records.occurrences.between(
      group.cohort.id,
      new Date('2026-05-06T00:00:00Z'),
      new Date('2026-05-07T00:00:00Z'),
    );
    expect(first?.state).toBe('not-held');
  });

  it('lets a session that is opened about its time be held for it', async () => {
    world.clock.set(new Date('2026-05-11T15:55:00Z'));
    await group.people.ask('100000000000000002', 'session open', { channelId: group.room('staff') });
    const session = await world.store.records.sessions.unfinished(group.cohort.id);
    const meeting = session && (await world.store.records.occurrences.ofSession(session.id));
    expect(meeting).toMatchObject({ state: 'held', wall: '2026-05-11T18:00' });
  });

  it('ends with its cohort, so that no heartbeat finds it again', async () => {
    await world.store.change(async ({ cohorts }) => {
      const cohort = await cohorts.byId(group.cohort.id);
      if (cohort) await cohorts.save({ ...cohort, state: 'archived' });
      return allow(null);
    });
    world.clock.pass(2 * DAY);
    await planAhead(world);
    await work();
    expect((await world.store.records.schedules.byId(schedule.id))?.state).toBe('ended');
    await planAhead(world);
    const waiting = await world.jobs();
    expect(waiting.filter(({ job }) => job.name === 'plan-occurrences')).toEqual([]);
  });

  it('is in force until its last meeting is over, and no longer', async () => {
    const kept = world.clock.now();
    const stateAt = async (moment: string) => {
      world.clock.set(new Date(moment));
      await planAhead(world);
      await work();
      return (await world.store.records.schedules.byId(brief.id))?.state;
    };
    const other = await aGroup(world, 'Brief');
    const brief = { ...schedule, id: world.ids.next(), cohortId: other.cohort.id, lastDate: '2026-05-20' };
    await world.store.change(async ({ schedules }) => {
      const { plannedUntil: _none, ...draft } = brief;
      await schedules.addDraft({ ...draft, state: 'draft' });
      await schedules.save({ ...brief, plannedUntil: kept });
      return allow(null);
    });
    expect(await stateAt('2026-05-20T15:00:00Z')).toBe('running');
    expect(await stateAt('2026-05-22T15:00:00Z')).toBe('ended');
    world.clock.set(kept);
  });
});
