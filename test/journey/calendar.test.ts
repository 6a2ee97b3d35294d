/** The calendar of a group as people meet it: saved by a press, seen among the server's events, and in one's own app. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { channelsOf, groupCalled, makeGroup, says, sign } from './group.ts';
import { ADMIN, enter, type Stage, setStage } from './stage.ts';

let stage: Stage;
let hearth: Hearth;

const who = (name: string) => stage.who(name);

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Oskar']);
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
  await sign(who('Ana'));
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

const events = () => [
  ...(stage.sandbox.world.guilds.get(stage.sandbox.guild.id)?.scheduledEvents.values() ?? []),
];
const ahead = async () => {
  const { id } = await groupCalled(stage, 'Tuesday');
  return stage.records.occurrences.ahead(id, new Date());
};
const startsOf = async (): Promise<readonly number[]> =>
  (await ahead()).map(({ startsAt }) => startsAt.getTime());
const areShown = () =>
  until(
    'the events are those that are planned',
    async () => {
      const shown = events().map(({ startsAt }) => startsAt);
      return shown.toSorted((a, b) => a - b).join() === (await startsOf()).join() && shown.length > 0;
    },
    20,
  );

it('a schedule that a facilitator saves stands among the server’s events, in the voice room, under neutral words', async () => {
  says(
    await who('Lena').run(
      '/schedule set',
      { when: 'Mon Thu 18:00', zone: 'Europe/Madrid' },
      { in: 'staff-room' },
    ),
    'Mon',
  );
  expect(await ahead()).toEqual([]);
  await who('Lena').press('Save this schedule');
  await areShown();
  const { voice } = await channelsOf(stage, (await groupCalled(stage, 'Tuesday')).id);
  expect(new Set(events().map(({ name, channelId }) => `${name} ${channelId}`))).toEqual(
    new Set([`Group meeting ${voice}`]),
  );
});

it('is seen there by the group, and by nobody else of the server', async () => {
  const path = `/guilds/${stage.sandbox.guild.id}/scheduled-events`;
  expect(await who('Ana').rest('GET', path)).toHaveLength(events().length);
  expect(await who('Oskar').rest('GET', path)).toEqual([]);
});

it('an event that somebody deletes or moves by hand is put right without anybody asking', async () => {
  const [first, second] = events();
  const path = `/guilds/${stage.sandbox.guild.id}/scheduled-events`;
  await who(ADMIN).rest('DELETE', `${path}/${first?.id}`);
  await areShown();
  await who(ADMIN).rest('PATCH', `${path}/${second?.id}`, { name: 'Therapy' });
  await until(
    'the words are neutral again',
    () => events().every(({ name }) => name === 'Group meeting'),
    20,
  );
});

it('a meeting that is left out leaves the calendar, and comes back with it', async () => {
  const [first] = await ahead();
  await who('Lena').run('/schedule skip', { meeting: first?.id ?? '' }, { in: 'staff-room' });
  await who('Lena').press('Yes, leave it out');
  await areShown();
  expect((await ahead()).some(({ id }) => id === first?.id)).toBe(false);
});

it('each has an address of their own for it, which works until it is taken back', async () => {
  const told = await who('Ana').run('/calendar link', {}, { in: 'group-room' });
  const address =
    /https?:\/\/\S+\.ics/.exec(told.is === 'reply' ? told.text : '')?.[0] ?? expect.fail('no address');
  const feed = await fetch(address);
  expect(feed.headers.get('content-type')).toContain('text/calendar');
  const text = await feed.text();
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength((await ahead()).length + 1);
  expect(text.match(/STATUS:CANCELLED/g)).toHaveLength(1);
  expect(text).toContain('TZID=Europe/Madrid');
  expect(text).not.toContain('Tuesday');
  await who('Ana').run('/calendar revoke', {}, { in: 'group-room' });
  expect((await fetch(address)).status).toBe(404);
});
