/** Every option of `/check-in`, `/reflect`, `/goal`, `/attendance`, `/rsvp`, `/absence` and `/task`, with everything that may be typed into it. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absence } from '../../commands/absence.ts';
import { attendance } from '../../commands/attendance.ts';
import { checkIn } from '../../commands/check-in.ts';
import { goal } from '../../commands/goal.ts';
import { reflect } from '../../commands/reflect.ts';
import { reminders } from '../../commands/reminders.ts';
import { rsvp } from '../../commands/rsvp.ts';
import { task } from '../../commands/task.ts';
import type { Request } from '../../src/command.ts';
import { ANA, BEN, LEAD } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { expectClean, hostileGiven, hostileText } from '../world/hostile.ts';
import { aMeeting } from '../world/meeting.ts';
import { type TestWorld, testWorld } from '../world.ts';

const RUNS = 32;
const VIAS: readonly Request['via'][] = ['slash', 'press', 'form'];
const SOON = '2026-06-01';
/** The day of a meeting that is planned. */
const MEETING = '2026-05-20';

let world: TestWorld;
let group: Group;

const goOn = async () => {
  await group.says(LEAD, 'session open');
  const session = await world.store.records.sessions.unfinished(group.cohort.id);
  for (const _step of session?.agenda.slice(1) ?? []) await group.says(LEAD, 'session next');
};

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'The group');
  await goOn();
  await group.says(LEAD, 'session end');
  await goOn();
  const given = { goal: 'walk', 'review-on': SOON, readers: 'staff' };
  await group.says(ANA, 'goal set', { given });
  await aMeeting(world, group.cohort, new Date(`${MEETING}T16:00:00Z`));
});
afterAll(() => world.close());

const BY_STAFF = [
  'reminders overview',
  'attendance mark',
  'attendance attest',
  'task list',
  'task show',
  'task tick',
  'task done',
];
const asker = (path: string): string => (BY_STAFF.includes(path) ? LEAD : ANA);
const ask = (path: string, given: Request['given'], via: Request['via'], account = asker(path)) =>
  group.people.ask(account, path, { channelId: group.room('group'), given, via });

const commands = [
  { command: checkIn, path: 'check-in' },
  { command: reflect, path: 'reflect' },
  { command: rsvp, path: 'rsvp' },
  ...[goal, attendance, absence, task, reminders].flatMap((entry) =>
    entry.commands.map((command) => ({ command, path: `${entry.name} ${command.name}` })),
  ),
];
const MEANT: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'goal set': { 'review-on': SOON },
  'goal update': { goal: '1' },
  'goal list': { person: ANA },
  'goal show': { goal: '1', person: ANA },
  'attendance mark': { session: 1, person: BEN },
  'attendance show': { session: 1, cohort: 'The group' },
  'attendance attest': { session: 1 },
  'attendance report': { person: ANA, from: '2026-04-01', to: SOON, cohort: 'The group' },
  rsvp: { meeting: MEETING },
  'absence tell': { meeting: MEETING },
  'absence withdraw': { meeting: MEETING },
  'task list': { cohort: 'The group' },
  'task show': { task: '1', cohort: 'The group' },
  'task tick': { task: '1', cohort: 'The group' },
  'task done': { task: '2', cohort: 'The group' },
};

describe.each(commands)('/$path', ({ command, path }) => {
  it('answers whatever is typed with something clean', async () => {
    await fc.assert(
      fc.asyncProperty(
        hostileGiven(command.input, MEANT[path]),
        fc.constantFrom(...VIAS),
        async (given, via) => {
          expectClean(await ask(path, given, via));
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('what somebody wrote', () => {
  it('stays harmless wherever it is shown again', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const written = text.slice(0, 200);
        expectClean(await ask('goal set', { goal: written, 'review-on': SOON, readers: 'staff' }, 'slash'));
        expectClean(await ask('goal update', { goal: '1', level: 1, note: written }, 'slash'));
        expectClean(await ask('absence tell', { meeting: MEETING, reason: written }, 'slash'));
        expectClean(await ask('attendance mark', { person: BEN, status: 'late', reason: written }, 'slash'));
        for (const [path, given, account] of [
          ['task list', {}, LEAD],
          ['task show', { task: '1' }, LEAD],
          ['goal list', {}, ANA],
          ['goal list', { person: ANA }, LEAD],
          ['goal show', { goal: '1' }, ANA],
          ['goal show', { goal: '1', person: ANA }, LEAD],
          ['attendance show', {}, LEAD],
          ['attendance show', {}, BEN],
        ] as const) {
          expectClean(await ask(path, given, 'slash', account));
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('never reaches the log or a room', async () => {
    await ask('reflect', { 'take-away': 'felt-heard', intention: 'a secret', share: 'group' }, 'slash');
    await group.settle();
    expect(JSON.stringify(world.log.entries)).not.toContain('a secret');
    expect(JSON.stringify([...world.discord.messages.values()])).not.toContain('a secret');
  });
});
