/** What a button in a direct message reaches: the group that it carries, for those who belong to it, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { archiveCohort } from '../../src/app/archive-cohort.ts';
import { dischargeMember } from '../../src/app/discharge-member.ts';
import { cohortCommand, type Entry, type Request, serverCommand } from '../../src/command.ts';
import { NO_GOODBYE } from '../../src/core/farewell.ts';
import { allow } from '../../src/core/outcome.ts';
import { carried, text } from '../../src/option.ts';
import { en } from '../../src/words/en/index.ts';
import { type Asker, askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CLEO, GUILD, LEAD, OUTSIDER } from '../world/cast.ts';
import { aGroup, type Group } from '../world/group.ts';
import { type TestWorld, testWorld } from '../world.ts';

let world: TestWorld;
let group: Group;
let people: Asker;
const requests: Request[] = [];

const told = { kind: 'tell', card: { text: 'It was done' } } as const;
const EVERYBODY = ['participant', 'enrolled', 'lead', 'co-facilitator', 'admin'] as const;

const COMMANDS: readonly Entry[] = [
  cohortCommand({
    name: 'answer',
    description: 'Answers',
    who: EVERYBODY,
    direct: true,
    form: 'Your answer',
    input: z.object({ cohort: carried(z.string()).optional(), note: text('A note', 1, 100) }),
    run: async ({ request }) => {
      requests.push(request);
      return allow(told);
    },
  }),
  cohortCommand({
    name: 'stay',
    description: 'Only in the server',
    who: EVERYBODY,
    input: z.object({ cohort: carried(z.string()).optional() }),
    run: async () => allow(told),
  }),
  serverCommand({
    name: 'manage',
    description: 'For admins',
    who: ['admin'],
    input: z.object({}),
    run: async () => allow(told),
  }),
];

beforeAll(async () => {
  world = await testWorld();
  group = await aGroup(world, 'Tuesday', { signed: [ANA, BEN] });
  people = askerOf(world, COMMANDS);
});

afterAll(() => world.close());

const says = async (account: string, path: string, given: object, more: object = {}): Promise<string> => {
  const asked = { via: 'press', direct: true, channelId: '900000000000000001', ...more } as const;
  return readable(await people.read(account, path, { ...asked, given: { note: 'yes', ...given } }));
};
const here = () => ({ cohort: group.cohort.id });
const NO_GROUP = readable(en.refusal({ code: 'no-group-here' }));
const NOT_HERE = readable(en.notInServer());

describe('a button in a direct message', () => {
  it('reaches the group that it carries, in the server of that group', async () => {
    expect(await says(ANA, 'answer', here())).toBe('It was done');
    expect(requests.at(-1)).toMatchObject({ account: ANA, guildId: GUILD, admin: false });
  });

  it('works for staff, and for who has not signed where that is enough', async () => {
    expect(await says(LEAD, 'answer', here())).toBe('It was done');
    expect(await says(CLEO, 'answer', here())).toBe('It was done');
  });

  it('opens a form that carries the group on', async () => {
    const asked = { via: 'press', direct: true, given: here() } as const;
    expect(await people.form(ANA, 'answer', asked)).toMatchObject({ given: here() });
  });

  it('reaches nothing for somebody outside, whoever they say that they are', async () => {
    expect(await says(OUTSIDER, 'answer', here())).toBe(NO_GROUP);
    expect(await says(ADMIN, 'answer', here(), { admin: true })).toBe(NO_GROUP);
  });

  it.each([
    ['no group', {}],
    ['a group by its name', { cohort: 'Tuesday' }],
    ['a group that is none', { cohort: '019abcde-f012-7345-8678-9abcdef01234' }],
    ['something else', { cohort: ['a', 'list'] }],
  ])('that carries %s reaches nothing', async (_, given) => {
    expect(await says(ANA, 'answer', given)).toBe(NO_GROUP);
  });

  it('of a command that belongs into the server is told so, whatever it carries', async () => {
    expect(await says(ANA, 'stay', here())).toBe(NOT_HERE);
    expect(await says(ADMIN, 'manage', here(), { admin: true })).toBe(NOT_HERE);
  });

  it('reaches nothing any more for who was discharged', async () => {
    await dischargeMember(world, { cohortId: group.cohort.id, account: BEN, by: ADMIN, goodbye: NO_GOODBYE });
    expect(await says(BEN, 'answer', here())).toBe(NO_GROUP);
  });

  it('finds the group after its end, too, so that a late tap is answered truly', async () => {
    await archiveCohort(world, group.cohort.id);
    expect(await says(ANA, 'answer', here())).toBe('It was done');
  });
});
