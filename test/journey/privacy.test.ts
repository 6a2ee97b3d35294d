/** What people share, and where they are, reaches those they chose and nobody else: over the wire, in the log, on disk. */
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, Refused } from '../../sandbox/people.ts';
import { until } from '../adapters/jobs/until.ts';
import { runSql } from '../postgres.ts';
import { type Bot, startBot } from './bot.ts';
import { channelsOf, done, groupCalled, makeGroup, says, sign, told } from './group.ts';
import { ADMIN, type Stage, setStage } from './stage.ts';
import { sees } from './watch.ts';

const GROUP = 'Tuesday';
const OTHERS = 'Thursday';
/** Strangers to the group, each in a way of their own. */
const STRANGERS = {
  Oskar: 'an outsider',
  Uma: 'somebody enrolled who has not signed',
  Dan: 'somebody who was discharged',
  Bea: 'a participant of another group',
} as const;
type Stranger = keyof typeof STRANGERS;
const NAMES = Object.keys(STRANGERS).filter((name): name is Stranger => name in STRANGERS);

/** What Ana writes, in words that stand nowhere else. */
const INTENTION = 'feed the heron at the quarry';
const GOAL = 'whistle to the marmots';
const SECRET_GOAL = 'bury the cello under the elm';
const NOTE = 'the marmots whistled back';
const WRITTEN = [INTENTION, GOAL, SECRET_GOAL, NOTE] as const;

let stage: Stage;
let bot: Bot;
let rooms: Awaited<ReturnType<typeof channelsOf>>;
/** How many events each stranger had received when they became one. */
const before = new Map<Stranger, number>();

const who = (name: string): Person => stage.who(name);

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Nora', 'Omar', 'Ana', 'Ben', ...NAMES]);
  bot = startBot({ ...stage.environment, HEARTH_LOG: 'debug' });
  await bot.isUp();
  const staff = { lead: 'Lena', coFacilitator: 'Tomas' };
  await makeGroup(stage, { name: GROUP, ...staff, enrolled: ['Ana', 'Ben', 'Dan', 'Uma'] });
  await makeGroup(stage, { name: OTHERS, lead: 'Nora', coFacilitator: 'Omar', enrolled: ['Bea'] });
  for (const name of ['Ana', 'Ben', 'Dan', 'Bea']) await sign(who(name));
  await until('Uma is welcomed', () => who('Uma').sees('welcome'));
  says(
    await who(ADMIN).run('/cohort discharge', { cohort: GROUP, person: who('Dan').id }),
    'Discharge this person?',
  );
  await who(ADMIN).press('Yes, discharge them');
  await until('the rooms close to Dan', () => who('Dan').rooms().length === 1);
  rooms = await channelsOf(stage, (await groupCalled(stage, GROUP)).id);
  for (const name of NAMES) before.set(name, who(name).events.length);
  await playSession();
});
afterAll(async () => {
  bot.signal('SIGTERM');
  await bot.ended();
  await stage.strike();
});

const moveOn = async (to: string): Promise<void> => {
  done(await who('Lena').press('Next', { in: 'staff-room' }));
  await sees(who('Lena'), 'staff-room', `**${to}**`);
};

const setGoals = async (): Promise<void> => {
  const plan = { 'review-on': '2090-01-15' };
  const open = { ...plan, goal: GOAL, readers: 'staff' };
  says(await who('Ana').run('/goal set', open, { in: 'group-room' }), GOAL);
  const own = { ...plan, goal: SECRET_GOAL, readers: 'only-me' };
  says(await who('Ana').run('/goal set', own, { in: 'group-room' }), SECRET_GOAL);
  const progress = { goal: '1', level: 1, note: NOTE };
  says(await who('Ana').run('/goal update', progress, { in: 'group-room' }), NOTE);
  says(await who('Lena').run('/goal list', { person: who('Ana').id }, { in: 'staff-room' }), GOAL);
};

const playSession = async (): Promise<void> => {
  for (const name of ['Lena', 'Ana', 'Ben']) await who(name).join(rooms.voice);
  done(await who('Lena').press('Open the next session', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', '**Welcome**');
  const shared = { mood: 6, energy: 4, words: 'calm', goal: 'on-track', share: 'group' };
  says(await who('Ana').run('/check-in', shared, { in: 'group-room' }), 'Thank you');
  const kept = { mood: 1, energy: 9, words: 'lonely', goal: 'stuck', share: 'staff' };
  says(await who('Ben').run('/check-in', kept, { in: 'group-room' }), 'Only your facilitators');
  await sees(who('Lena'), 'staff-room', 'mood 1 of 10');
  await setGoals();
  for (const phase of ['Opening check-in', 'Grounding', 'Review']) await moveOn(phase);
  done(await who('Ana').press('Raise hand', { in: 'group-room' }));
  for (const phase of ['Focus topic', 'Guided discussion', 'Skill exercise']) await moveOn(phase);
  await moveOn('Closing reflection');
  const reflection = { 'take-away': 'not-alone', intention: INTENTION, share: 'group' };
  says(await who('Ana').run('/reflect', reflection, { in: 'group-room' }), INTENTION);
  done(await who('Lena').press('End', { in: 'staff-room' }));
  await sees(who('Ana'), 'group-room', 'This session ended');
  await who('Ben').leave();
};

/** Everything that somebody's gateway brought since they became a stranger, as text. */
const heardBy = (name: Stranger): readonly string[] =>
  who(name)
    .events.slice(before.get(name) ?? 0)
    .map((event) => JSON.stringify(event));

/** The rooms of the group that are not for this stranger. */
const shutTo = (name: Stranger): readonly string[] =>
  Object.entries(rooms).flatMap(([kind, channelId]) =>
    name === 'Uma' && ['category', 'welcome'].includes(kind) ? [] : [channelId],
  );

const messagesOf = (channelId: string): readonly string[] => [
  ...(stage.sandbox.world.messages.get(channelId)?.keys() ?? []),
];

/** What Discord says to a call: its error's code, or that it answered. */
const answerTo = async (one: Person, method: string, path: string, body?: unknown): Promise<string> => {
  try {
    return `answered ${JSON.stringify(await one.rest(method, path, body))}`;
  } catch (error) {
    if (error instanceof Refused) return `refused ${error.status}`;
    throw error;
  }
};

describe.each(NAMES.map((name) => ({ name, is: STRANGERS[name] })))('$is', ({ name }) => {
  it('receives nothing of the rooms, messages and voice states that are not theirs', () => {
    const ids = shutTo(name).flatMap((channelId) => [channelId, ...messagesOf(channelId)]);
    expect(ids.length).toBeGreaterThan(10);
    expect(heardBy(name).filter((event) => ids.some((id) => event.includes(id)))).toEqual([]);
    const accounts = ['Ana', 'Ben'].map((one) => who(one).id);
    expect(heardBy(name).filter((event) => accounts.some((id) => event.includes(id)))).toEqual([]);
  });

  it('is refused whatever they ask for by ids that they guess', async () => {
    const one = who(name);
    const tries: (readonly [string, string, unknown?])[] = shutTo(name).flatMap((channelId) => [
      ['GET', `/channels/${channelId}`],
      ['GET', `/channels/${channelId}/messages`],
      ['POST', `/channels/${channelId}/messages`, { content: 'hello' }],
      ['POST', `/channels/${channelId}/invites`, {}],
      ['PATCH', `/channels/${channelId}`, { name: 'mine' }],
      ['PUT', `/channels/${channelId}/permissions/${one.id}`, { type: 1, allow: '1024', deny: '0' }],
      ...messagesOf(channelId).map((id) => ['GET', `/channels/${channelId}/messages/${id}`] as const),
    ]);
    const voiceState = `/guilds/${stage.sandbox.guild.id}/voice-states/${who('Ana').id}`;
    for (const [method, path, body] of [...tries, ['GET', voiceState] as const]) {
      expect(await answerTo(one, method, path, body), `${method} ${path}`).toMatch(/^refused 40[34]$/);
    }
    const listed = await answerTo(one, 'GET', `/guilds/${stage.sandbox.guild.id}/channels`);
    expect(shutTo(name).filter((id) => listed.includes(id))).toEqual([]);
  });

  it('is told nothing of the group by any command', async () => {
    const lines = ['/check-in', '/session next', '/turn raise', '/turn unheard', '/goal list'];
    for (const line of [...lines, '/attendance show', '/reflect', '/agreement show']) {
      const values = ['/check-in', '/reflect'].includes(line) ? { share: 'pass' } : {};
      const text = told(await who(name).run(line, values, { in: 'general' }));
      if (name !== 'Bea' && name !== 'Uma') expect(text, line).toMatch(/group/);
      for (const hidden of ['Ana', 'Ben', 'Lena'].map((other) => who(other).id)) {
        expect(text, line).not.toContain(hidden);
      }
      if (name !== 'Uma') expect(text, line).not.toContain(GROUP);
    }
  });

  it('can press no button of the group by its ids', async () => {
    for (const [channelId, custom_id] of [
      [rooms.group, 'check-in?share=pass'],
      [rooms.staff, 'session open'],
    ] as const) {
      for (const message_id of messagesOf(channelId)) {
        const press = {
          type: 3,
          application_id: stage.sandbox.bot.applicationId,
          guild_id: stage.sandbox.guild.id,
          channel_id: channelId,
          message_id,
          session_id: 'guessed',
          nonce: '1',
          data: { component_type: 2, custom_id },
        };
        expect(await answerTo(who(name), 'POST', '/interactions', press)).toMatch(/^refused 4/);
      }
    }
  });
});

/** Whoever was sent an event that holds these words. */
const receiversOf = (words: string): readonly string[] => {
  const events = stage.sandbox.transcript.events({ direction: 'sent' });
  const receivers = events.filter(({ data }) => JSON.stringify(data)?.includes(words)).map((it) => it.who);
  return [...new Set(receivers)].map((id) => id ?? 'nobody').toSorted();
};

describe('what somebody shares', () => {
  /** These people, the bot, and the admin, from whom Discord hides no room. */
  const only = (...names: readonly string[]): readonly string[] =>
    [stage.sandbox.bot.id, ...[ADMIN, ...names].map((name) => who(name).id)].toSorted();

  it('with staff only appears in no event of any other participant', () => {
    expect(receiversOf('mood 1 of 10')).toEqual(only('Ben', 'Lena', 'Tomas'));
    expect(receiversOf('mood 6 of 10')).toEqual(only('Ana', 'Ben', 'Lena', 'Tomas'));
  });

  it('as an intention or a goal appears to its author, and to those chosen to read it', () => {
    const author = [who('Ana').id, stage.sandbox.bot.id];
    expect(receiversOf(INTENTION)).toEqual(author.toSorted());
    expect(receiversOf(SECRET_GOAL)).toEqual(author.toSorted());
    expect(receiversOf(NOTE)).toEqual(author.toSorted());
    expect(receiversOf(GOAL)).toEqual([...author, who('Lena').id].toSorted());
  });

  it('goes into no call but those of its author, and the private answers to them', () => {
    const { transcript } = stage.sandbox;
    for (const words of WRITTEN) {
      const calls = transcript.calls().filter(({ body }) => JSON.stringify(body)?.includes(words));
      expect(calls.length).toBeGreaterThan(0);
      for (const { who: caller, route, body } of calls) {
        const answered = route === '/interactions/:interaction/:token/callback';
        expect(answered || caller === who('Ana').id, `${route} by ${caller}`).toBe(true);
        if (answered) expect(body).toMatchObject({ data: { flags: 64 } });
      }
    }
  });
});

describe('every reply', () => {
  it('is private: one person receives it, and it stands in no room', () => {
    const events = stage.sandbox.transcript.events({ direction: 'sent', type: 'MESSAGE_CREATE' });
    // The gateway sends messages of the form that Discord's types describe.
    const replies = events.filter(({ data }) => (data as APIMessage).interaction_metadata);
    expect(replies.length).toBeGreaterThan(20);
    const readers = new Map<string, Set<string | null>>();
    for (const { data, who: reader } of replies) {
      const message = data as APIMessage;
      expect((message.flags ?? 0) & 64).toBe(64);
      readers.set(message.id, (readers.get(message.id) ?? new Set()).add(reader));
    }
    expect([...readers.values()].every((each) => each.size === 1)).toBe(true);
  });
});

/** Every row of every table, as text, by the table's name. */
const everyRow = async (): Promise<readonly (readonly [table: string, row: string])[]> => {
  const { rows } = await runSql(
    stage.databaseUrl,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: (readonly [string, string])[] = [];
  for (const { name } of rows) {
    const kept = await runSql(stage.databaseUrl, `SELECT t::text AS line FROM ${name} t`);
    for (const { line } of kept.rows) found.push([String(name), String(line)]);
  }
  return found;
};

describe('what somebody wrote', () => {
  const disguises = WRITTEN.flatMap((text) => [
    text,
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('base64').slice(0, -4),
  ]);

  it('stands in no table of the database in plain text, the queue’s included', async () => {
    const rows = await everyRow();
    const tables = new Set(rows.map(([table]) => table.split('.')[0]));
    expect(tables).toEqual(new Set(['public', 'pgboss']));
    expect(rows.some(([, row]) => row.includes(GROUP))).toBe(true);
    const found = rows.filter(([, row]) => disguises.some((text) => row.includes(text)));
    expect(found).toEqual([]);
  });

  it('and what somebody checked in with stands there in plain text neither', async () => {
    const rows = await everyRow();
    const found = rows.filter(([, row]) => /lonely|"mood"|"energy"/.test(row)).map(([table]) => table);
    expect(found).toEqual([]);
  });

  it('stands in no line of the log, at its most talkative', () => {
    expect(bot.said().length).toBeGreaterThan(0);
    for (const text of [...disguises, 'lonely', ...NAMES.map((name) => who(name).id)]) {
      expect(bot.said()).not.toContain(text);
    }
  });
});
