/** Whoever asks whatever in whichever way is told nothing that is not for them, and changes nothing of a group of others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import {
  type Command,
  carryOut,
  type Entry,
  findCommand,
  invoke,
  type Reply,
  type Request,
} from '../../src/command.ts';
import { TABLE } from '../commands/access-table.ts';
import { runSql } from '../postgres.ts';
import { ADMIN, ANA, BEN, CLEO, CO_FACILITATOR, GUILD, LEAD, LOBBY, OUTSIDER } from '../world/cast.ts';
import { rehearsing } from '../world/rehearsal.ts';
import { type TestWorld, testWorld } from '../world.ts';
import {
  CO_OF_OTHERS,
  DISCHARGED,
  EVE,
  LEAD_OF_OTHERS,
  MARKS,
  type Mark,
  OF_BIRCH,
  SUPERVISOR,
  THERAPIST,
  type TwoGroups,
  twoGroups,
} from './two-groups.ts';

const PATHS = commands.flatMap((entry: Entry) =>
  'commands' in entry ? entry.commands.map(({ name }) => `${entry.name} ${name}`) : [entry.name],
);
const OTHER_GUILD = '200000000000000009';

let world: TestWorld;
let groups: TwoGroups;

beforeAll(async () => {
  world = await testWorld();
  groups = await twoGroups(world);
}, 480_000);
afterAll(() => world.close());

const commandAt = (path: string): Command => findCommand(commands, path) ?? expect.fail(`no /${path}`);

/** What is given as a rule, with every id of the first group that the command takes. */
const givenFor = (path: string): Record<string, unknown> => {
  const known = Object.keys(commandAt(path).input.shape).filter((key) => key in groups.ids);
  const ids = Object.fromEntries(known.map((key) => [key, groups.ids[key]]));
  return { ...TABLE[path]?.given, ...ids };
};

let requests = 0;

const requestOf = (account: string, path: string, asked: Partial<Request>): Request => ({
  ...{ id: `access-${++requests}`, via: 'slash', path, guildId: GUILD, channelId: LOBBY, account },
  ...{ admin: account === ADMIN, locale: 'en-US', accounts: {}, given: givenFor(path), ...asked },
});

/** In which ways something reaches Hearth: typed, pressed with an id that was guessed, sent, from a page, by direct message. */
const WAYS = {
  'typed in a room of nobody': () => ({}),
  'typed in a room of the first group': () => ({ channelId: groups.birch.room('staff') }),
  'pressed by a guessed id': () => ({ via: 'press' }),
  'sent in a form': () => ({ via: 'form', channelId: groups.birch.room('group') }),
  'sent from a page': () => ({ via: 'form', private: true, channelId: '' }),
  'pressed in a direct message': () => ({ via: 'press', direct: true, guildId: '', channelId: '1' }),
  'from another server': () => ({ guildId: OTHER_GUILD, admin: true }),
} as const satisfies Record<string, () => Partial<Request>>;

/** All that comes of it, as text: the card, a form with what stands in it, a file. */
const answered = async (account: string, path: string, asked: Partial<Request>): Promise<string> => {
  const request = requestOf(account, path, asked);
  const rehearsal = rehearsing(world);
  const command = commandAt(path);
  if (!request.private) return JSON.stringify(await invoke(rehearsal, command, request));
  const done = await carryOut(rehearsal, command, request);
  return JSON.stringify(done.is === 'done' ? done.reply : done);
};

const marksIn = (text: string): readonly Mark[] =>
  Object.entries(MARKS).flatMap(([name, mark]) => (text.includes(mark) ? [name as Mark] : []));

const STRANGERS: Readonly<Record<string, string>> = {
  'a participant of another group': EVE,
  'the lead of another group': LEAD_OF_OTHERS,
  'somebody of no group': OUTSIDER,
  'somebody who was discharged': DISCHARGED,
};

/** Marks of the first group are not theirs; Eve's are, and her facilitators'. */
const ownOf = (account: string): readonly Mark[] =>
  [EVE, LEAD_OF_OTHERS, CO_OF_OTHERS].includes(account) ? ['others'] : [];

/** What is kept of somebody themselves names the group in which they were, and nobody of it. */
const ownPast = (account: string, path: string): boolean =>
  account === DISCHARGED && path.startsWith('my-data');

/** Thousands of questions, on a machine that may have other things to do. */
const PATIENCE = 900_000;

describe.each(Object.entries(STRANGERS))('%s', (_, account) => {
  it.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
    'is told nothing of it by any command: %s',
    async (way) => {
      for (const path of PATHS) {
        const asked = WAYS[way]();
        // Of whom they name themselves they are told no more than that.
        const named = Object.values(givenFor(path)).map(String);
        const text = await answered(account, path, asked);
        const strange = marksIn(text).filter((mark) => !ownOf(account).includes(mark));
        const theirs = ownPast(account, path) ? ['Birch', ...named] : named;
        const told = [...OF_BIRCH, 'Birch'].filter((each) => !theirs.includes(each) && text.includes(each));
        expect({ path, way, strange, told }).toEqual({ path, way, strange: [], told: [] });
      }
    },
    PATIENCE,
  );
});

/** Who may be told what of the first group at all, whatever they ask. */
const MAY: Readonly<Record<string, readonly [account: string, marks: readonly Mark[]]>> = {
  'who told it': [ANA, ['herself', 'staff', 'reason', 'intention', 'report', 'correction']],
  'another participant': [BEN, []],
  'somebody who has not signed': [CLEO, []],
  'the lead': [LEAD, ['staff', 'reason', 'intention', 'report', 'correction']],
  'the co-facilitator': [CO_FACILITATOR, ['staff', 'reason', 'intention', 'report', 'correction']],
  'the supervisor': [SUPERVISOR, ['report']],
  'the therapist of who told it': [THERAPIST, ['reason']],
  'an admin': [ADMIN, []],
};

describe.each(Object.entries(MAY))('%s', (_, [account, may]) => {
  it(
    'is told by no command what is not for them',
    async () => {
      for (const path of PATHS) {
        for (const asked of [{ channelId: groups.birch.room('group') }, WAYS['sent from a page']()]) {
          const strange = marksIn(await answered(account, path, asked)).filter((mark) => !may.includes(mark));
          expect({ path, asked, strange }).toEqual({ path, asked, strange: [] });
        }
      }
    },
    PATIENCE,
  );
});

describe('what is for somebody', () => {
  it(
    'is found by these questions: they can tell what leaks from what does not',
    async () => {
      const found = async (account: string) => {
        const all: Mark[] = [];
        for (const path of PATHS)
          all.push(...marksIn(await answered(account, path, WAYS['sent from a page']())));
        return new Set(all);
      };
      expect([...(await found(ANA))]).toEqual(expect.arrayContaining(['herself', 'staff', 'reason']));
      expect([...(await found(LEAD))]).toEqual(expect.arrayContaining(['staff', 'report']));
      expect([...(await found(SUPERVISOR))]).toEqual(['report']);
      expect([...(await found(EVE))]).toEqual(['others']);
    },
    PATIENCE,
  );
});

/** Answers with a file: whoever adds one decides for whom, or this fails. */
const EXPORTS = ['agreement report', 'attendance report', 'audit show', 'doctor', 'my-data export'];

describe('every export', () => {
  const fileOf = (reply: Reply): string | undefined =>
    reply.kind === 'tell' && reply.file ? `${reply.file.name}\n${reply.file.content}` : undefined;
  const exported = async (account: string, path: string, given: Record<string, unknown> = {}) => {
    const asked = { private: true, via: 'form', given: { ...givenFor(path), ...given } } as const;
    const done = await carryOut(rehearsing(world), commandAt(path), requestOf(account, path, asked));
    return done.is === 'done' ? fileOf(done.reply) : undefined;
  };
  const wanted = { file: 'yes', as: 'json' };

  it(
    'is written down',
    async () => {
      const with_ = new Set<string>();
      for (const path of PATHS) {
        for (const account of [ADMIN, LEAD, ANA]) {
          if ((await exported(account, path, wanted)) !== undefined) with_.add(path);
        }
      }
      expect([...with_].toSorted()).toEqual(EXPORTS);
    },
    PATIENCE,
  );

  it(
    'gives nobody outside of the group any account of it, nor a word',
    async () => {
      for (const path of EXPORTS) {
        for (const account of Object.values(STRANGERS)) {
          const file = (await exported(account, path, wanted)) ?? '';
          expect([path, account, OF_BIRCH.filter((each) => file.includes(each))]).toEqual([
            path,
            account,
            [],
          ]);
          const strange = marksIn(file).filter((mark) => !ownOf(account).includes(mark));
          expect([path, account, strange]).toEqual([path, account, []]);
        }
      }
    },
    PATIENCE,
  );

  it(
    'gives admins what admins may know: no word of anybody',
    async () => {
      for (const path of EXPORTS) {
        const strange = marksIn((await exported(ADMIN, path, wanted)) ?? '');
        expect([path, strange]).toEqual([path, []]);
      }
    },
    PATIENCE,
  );
});

/** Every row that belongs to the first group, as text, but for who did what and where somebody was led. */
const kept = async (): Promise<string> => {
  const { rows: tables } = await runSql(
    world.url,
    `SELECT table_name AS name, column_name AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('cohort_id', 'session_id', 'goal_id', 'alert_id', 'occurrence_id')
       AND table_name NOT IN ('audit_entry', 'form_link')
     ORDER BY 1, 2`,
  );
  const birch = `'${groups.birch.cohort.id}'`;
  const OF: Readonly<Record<string, string>> = {
    cohort_id: birch,
    session_id: `SELECT id FROM session WHERE cohort_id = ${birch}`,
    goal_id: `SELECT id FROM goal WHERE cohort_id = ${birch}`,
    alert_id: `SELECT id FROM alert WHERE cohort_id = ${birch}`,
    occurrence_id: `SELECT id FROM occurrence WHERE cohort_id = ${birch}`,
  };
  const all: string[] = [];
  for (const { name, column } of [...tables, { name: 'cohort', column: 'id' }]) {
    const of = OF[column] ?? birch;
    const { rows } = await runSql(
      world.url,
      `SELECT to_jsonb(t)::text AS row FROM "${name}" t WHERE t."${column}" IN (${of}) ORDER BY 1`,
    );
    all.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return all.join('\n');
};

/** For good: nothing is rolled back. What is refused and what is done in their own group are one here. */
const asksForGood = async (account: string, asked: Partial<Request>): Promise<void> => {
  for (const path of PATHS) {
    const request = requestOf(account, path, asked);
    if (!request.private) await invoke(world, commandAt(path), request);
    else await carryOut(world, commandAt(path), request);
  }
};

describe('for good', () => {
  it(
    'somebody of another group, or of none, changes nothing of this one, by whatever ids',
    async () => {
      const before = await kept();
      expect(before.split('\n').length).toBeGreaterThan(30);
      for (const account of [EVE, LEAD_OF_OTHERS, OUTSIDER]) {
        const inTheirs = (path: string) => {
          const { cohort: _, ...given } = givenFor(path);
          return { given, channelId: groups.cedarRoom };
        };
        for (const path of PATHS) {
          await invoke(world, commandAt(path), requestOf(account, path, { via: 'press', ...inTheirs(path) }));
        }
        for (const way of [
          'pressed by a guessed id',
          'sent from a page',
          'pressed in a direct message',
        ] as const) {
          await asksForGood(account, WAYS[way]());
        }
      }
      // Nor does whoever manages another server.
      await asksForGood('100000000000000077', WAYS['from another server']());
      expect(await kept()).toBe(before);
    },
    PATIENCE,
  );

  it(
    'what would change something is found by this look',
    async () => {
      const before = await kept();
      await groups.birch.says(LEAD, 'goal list', { given: { person: ANA } });
      expect(await kept()).toBe(before);
      await groups.birch.says(ANA, 'goal update', { given: { goal: '1', level: 1 } });
      expect(await kept()).not.toBe(before);
    },
    PATIENCE,
  );
});
