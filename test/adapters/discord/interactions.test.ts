/** What people do in Discord, and what they get to see: through real discord.js, the gate, and real Postgres. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Outcome, type Person, readFile } from '../../../sandbox/people.ts';
import type { Sandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import { createCohort } from '../../../src/app/create-cohort.ts';
import { cohortCommand, type Entry, type Reply, type Request, serverCommand } from '../../../src/command.ts';
import type { Notice } from '../../../src/core/notice.ts';
import { allow, type Outcome as Ruling } from '../../../src/core/outcome.ts';
import { account, carried, choice, choices, text, whole } from '../../../src/option.ts';
import { type TestWorld, testWorld } from '../../world.ts';
import { callsOf, connectedSandbox, logIn } from './connected.ts';

let sandbox: Sandbox;
let discord: Discord;
let world: TestWorld;
let ana: Person;
let ben: Person;
const requests: Request[] = [];

const CALLBACK = 'POST /interactions/:interaction/:token/callback';

/** Who may manage the server: commands that concern no group are for nobody else. */
const ADMINS = ['admin'] as const;
const tell = (words: string): Ruling<Reply> => allow({ kind: 'tell', card: { text: words } });

const WORDS = ['calm', 'tired', 'curious'] as const;
const WORD_LABELS = { calm: 'Calm', tired: 'Tired', curious: 'Curious' };

const arrive = serverCommand({
  name: 'arrive',
  description: 'How you arrive',
  who: ADMINS,
  form: 'How you arrive',
  input: z.object({
    mood: whole('Your mood, from 0 to 10', 0, 10),
    words: choices('Up to three words', WORDS, WORD_LABELS, 3).optional(),
    share: choice('Share it with', ['group', 'pass'], { group: 'The group', pass: 'Nobody' }),
    note: text('A note for yourself', 3, 300).optional(),
  }),
  run: async ({ request, input }) => {
    requests.push(request);
    return tell(
      `mood ${input.mood}, ${(input.words ?? []).join(' and ') || 'no words'}, ${input.note ?? 'no note'}`,
    );
  },
});

const board = serverCommand({
  name: 'board',
  description: 'A card with buttons',
  who: ADMINS,
  input: z.object({}),
  run: async () =>
    allow({
      kind: 'tell',
      card: {
        text: 'Two buttons',
        actions: [
          [
            { label: 'Arrive', command: 'arrive' },
            { label: 'Once more', command: 'board' },
            { label: 'Old', command: 'was-there-once' },
          ],
        ],
      },
    }),
});

const greet = serverCommand({
  name: 'greet',
  description: 'Greets somebody',
  who: ADMINS,
  input: z.object({ whom: account('Whom to greet') }),
  run: async ({ request, input }) => {
    requests.push(request);
    const named = request.accounts[input.whom];
    return tell(`Hello, ${named?.bot ? 'robot' : 'person'}`);
  },
});

const slow = serverCommand({
  name: 'slow',
  description: 'Takes its time',
  who: ADMINS,
  input: z.object({}),
  run: async () => {
    await sleep(1_800);
    return tell('Here I am');
  },
});

const slowForm = serverCommand({
  name: 'slow-form',
  description: 'Takes its time before it asks',
  who: ADMINS,
  input: z.object({}),
  run: async ({ world: { clock } }) => {
    await sleep(1_800);
    const note = {
      kind: 'text',
      name: 'note',
      label: 'A note',
      required: false,
      fewest: 0,
      most: 9,
    } as const;
    const written = `at ${clock.now().getUTCFullYear()}`;
    const fields = [{ ...note, long: false, written }];
    return allow({ kind: 'ask', form: { title: 'At last', command: 'arrive', given: {}, fields } });
  },
});

const broken = serverCommand({
  name: 'broken',
  description: 'Does not work',
  who: ADMINS,
  input: z.object({}),
  run: async () => {
    throw new Error('a secret that somebody wrote');
  },
});

const done = serverCommand({
  name: 'done',
  description: 'Only does something',
  who: ADMINS,
  input: z.object({}),
  run: async () => allow({ kind: 'done', card: { text: 'It is done' } }),
});

const look = serverCommand({
  name: 'look',
  description: 'Looks at a group',
  who: ADMINS,
  input: z.object({ cohort: text('Name of the group', 1, 40, 'cohort') }),
  run: async ({ input }) => tell(input.cohort),
});

const answer = cohortCommand({
  name: 'answer',
  description: 'Answers whether one will be there',
  who: ['lead', 'co-facilitator'],
  direct: true,
  form: 'A word for us',
  input: z.object({ cohort: carried(z.string()).optional(), note: text('A note', 1, 100) }),
  run: async ({ request, input }) => {
    requests.push(request);
    return input.note === 'done' ? allow({ kind: 'done', card: { text: 'It was noted' } }) : tell(input.note);
  },
});

const TABLE = 'code,minutes\nA1,90\nÄ2,“45”\n';
const KINDS = ['quick', 'slow', 'long', 'strange', 'page', 'json'] as const;
const KIND_LABELS = {
  quick: 'Quick',
  slow: 'Slow',
  long: 'Long',
  strange: 'Strange',
  page: 'Page',
  json: 'JSON',
};
const NAMES = {
  ...{ quick: 'minutes.csv', slow: 'minutes.csv', long: 'minutes.csv', strange: '../minutes.exe' },
  ...{ page: 'my-data-2026-05-04.html', json: 'my-data-2026-05-04.json' },
};

/** Long by one byte, which only shows when the text is counted as it is sent. */
const tooLong = (): string => `${'ä'.repeat(2 ** 22)}.`;

const report = serverCommand({
  name: 'report',
  description: 'A table as a file',
  who: ADMINS,
  input: z.object({ kind: choice('How', KINDS, KIND_LABELS) }),
  run: async ({ input: { kind } }) => {
    if (kind === 'slow') await sleep(1_800);
    const name = NAMES[kind];
    const again = { label: 'Slowly', command: 'report', given: { kind: 'slow' } };
    const card = { text: 'Here it is', actions: [[again, { label: 'Without', command: 'board' }]] };
    return allow({ kind: 'tell', card, file: { name, content: kind === 'long' ? tooLong() : TABLE } });
  },
});

const COMMANDS: readonly Entry[] = [
  report,
  answer,
  arrive,
  board,
  greet,
  look,
  slow,
  slowForm,
  broken,
  { name: 'group', description: 'Commands under one name', commands: [done] },
];

beforeAll(async () => {
  world = await testWorld();
  const wording = {
    board: () => ({
      title: 'A board',
      text: 'It stands here',
      actions: [
        [
          { label: 'Do it', command: 'group done' },
          { label: 'Take long', command: 'slow' },
          { label: 'Slow table', command: 'report', given: { kind: 'slow' } },
          { label: 'Say how you arrive', command: 'arrive' },
        ],
      ],
    }),
    announcement: () => ({ text: 'Said' }),
    notice: ({ cohortId: cohort }: Extract<Notice, { kind: 'reminder' }>) => ({
      text: 'Will you be there?',
      actions: [
        [
          { label: 'Yes', command: 'answer', given: { cohort, note: 'thank you' } },
          { label: 'Noted', command: 'answer', given: { cohort, note: 'done' } },
          { label: 'A word', command: 'answer', given: { cohort } },
          { label: 'Only there', command: 'group done' },
          { label: 'Gone', command: 'was-there-once' },
        ],
      ],
    }),
  };
  ({ sandbox, discord } = await connectedSandbox({ world, commands: COMMANDS, wording }));
  [ana, ben] = [await logIn(sandbox, 'Ana', true), await logIn(sandbox, 'Ben')];
  // The first question of all waits for the database to open its doors.
  await ana.run('/group done');
});

afterAll(async () => {
  for (const one of [ana, ben]) one.close();
  await discord.stop();
  await sandbox.stop();
  await world.close();
});

beforeEach(() => {
  requests.length = 0;
  sandbox.transcript.clear();
});

const textOf = (outcome: Outcome): string => {
  if (outcome.is === 'reply' || outcome.is === 'change') return outcome.text;
  return expect.fail(`${outcome.is}: ${JSON.stringify(outcome)}`);
};

/** A board in a room that Ana sees. */
const standingBoard = async (): Promise<string> => {
  const guests = [ana, ben].map(({ id }) => ({ account: id, right: 'join' as const }));
  const category = [{ kind: 'category' as const, name: 'Boards', guests }];
  await discord.rooms.bring(sandbox.guild.id, category, [], async () => undefined);
  let channelId = '';
  await discord.rooms.bring(
    sandbox.guild.id,
    [{ kind: 'group', name: 'group-room', guests }],
    [],
    async (_, id) => {
      channelId = id;
    },
  );
  const panel = {
    kind: 'staff-panel',
    cohortName: '',
    cohortState: 'active',
    unsigned: [],
    enrolled: 0,
  } as const;
  const standing = { id: world.ids.next(), cohortId: world.ids.next(), kind: panel.kind, channelId };
  await discord.rooms.show(panel, standing);
  sandbox.transcript.clear();
  return channelId;
};

describe('a slash command', () => {
  it('reaches its command with everything that was typed, and the answer is for nobody else', async () => {
    const outcome = await ana.run('/arrive', { mood: 7, share: 'pass', words: 'calm', 'words-3': 'tired' });
    expect(outcome).toMatchObject({ is: 'reply', isPrivate: true });
    expect(textOf(outcome)).toContain('mood 7, calm and tired, no note');
    expect(requests).toMatchObject([
      { via: 'slash', path: 'arrive', guildId: sandbox.guild.id, account: ana.id, admin: true },
    ]);
    expect(callsOf(sandbox)).toMatchObject({ [CALLBACK]: 1 });
  });

  it('knows whether those who were named are people or bots', async () => {
    expect(textOf(await ana.run('/greet', { whom: ben.id }))).toContain('Hello, person');
    expect(textOf(await ana.run('/greet', { whom: sandbox.bot.id }))).toContain('Hello, robot');
  });

  it('asks in a form for what was not given, and keeps what was', async () => {
    const outcome = await ana.run('/arrive', { share: 'pass', note: 'a long walk' });
    expect(outcome).toMatchObject({ is: 'form' });
    expect(textOf(await ana.fill({ mood: '4' }))).toContain('mood 4, no words, a long walk');
    expect(requests).toMatchObject([{ via: 'form', given: { share: 'pass', note: 'a long walk' } }]);
  });

  it('that takes long is kept open, and answered when it is ready', async () => {
    expect(textOf(await ana.run('/slow'))).toContain('Here I am');
    expect(sandbox.transcript.calls({ method: 'PATCH' })).toHaveLength(1);
  });

  it('whose form could not open at once leaves a button for it, and loses nothing that was written', async () => {
    expect(textOf(await ana.run('/slow-form'))).toMatch(/ready now.*at 2026/s);
    expect(await ana.press('Open the form')).toMatchObject({ is: 'form', form: { title: 'How you arrive' } });
  });

  it('that only does something tells so', async () => {
    expect(textOf(await ana.run('/group done'))).toContain('It is done');
  });

  it('in which something goes wrong gives a reference, and never the cause', async () => {
    const words = textOf(await ana.run('/broken'));
    expect(words).toContain('fault-1');
    expect(words).not.toContain('secret');
  });
});

describe('a file with an answer', () => {
  const messageOf = (outcome: Outcome) =>
    outcome.is === 'reply' || outcome.is === 'change' ? outcome.message : expect.fail(outcome.is);

  it('comes with the first answer, for its reader alone', async () => {
    const outcome = await ana.run('/report', { kind: 'Quick' });
    expect(outcome).toMatchObject({ is: 'reply', isPrivate: true });
    expect(messageOf(outcome).attachments).toMatchObject([{ filename: 'minutes.csv' }]);
    expect(await readFile(messageOf(outcome), 'minutes.csv')).toBe(TABLE);
  });

  it.each([
    ['Page', 'my-data-2026-05-04.html', 'text/html'],
    ['JSON', 'my-data-2026-05-04.json', 'application/json'],
  ])('may be what is kept of somebody, to read or for a program: %s', async (kind, name, type) => {
    const message = messageOf(await ana.run('/report', { kind }));
    expect(message.attachments).toMatchObject([
      { filename: name, content_type: expect.stringContaining(type) },
    ]);
    expect(await readFile(message, name)).toBe(TABLE);
  });

  it('comes with an answer that took long', async () => {
    expect(await readFile(messageOf(await ana.run('/report', { kind: 'Slow' })))).toBe(TABLE);
  });

  it('comes in the place of one’s own card once, and goes with it', async () => {
    const first = messageOf(await ana.run('/report', { kind: 'Quick' }));
    const again = messageOf(await ana.press('Slowly'));
    expect(again.attachments).toHaveLength(1);
    expect(await readFile(again)).toBe(TABLE);
    await expect(readFile(first)).rejects.toThrow('404');
    expect(messageOf(await ana.press('Without')).attachments).toEqual([]);
  });

  it('comes to the one who pressed on a card that stands for all', async () => {
    const room = await standingBoard();
    await ana.waitFor(() => ana.sees(room));
    const before = ana.replies.length;
    await ana.press('Slow table', { in: room });
    await ana.waitFor(() => ana.replies.length > before);
    expect(await readFile(ana.replies.at(-1) ?? expect.fail())).toBe(TABLE);
  });

  it('comes although Discord falters', async () => {
    sandbox.faults.serverError({ route: CALLBACK, times: 1 });
    expect(await readFile(messageOf(await ana.run('/report', { kind: 'Quick' })))).toBe(TABLE);
    sandbox.faults.clear();
  });

  it('that is too long, or no table, is a fault, and nothing of it is sent', async () => {
    for (const kind of ['Long', 'Strange']) {
      const outcome = await ana.run('/report', { kind });
      expect(textOf(outcome)).toContain('fault-1');
      expect(messageOf(outcome).attachments).toEqual([]);
    }
  });
});

describe('an option that can be completed', () => {
  it('offers what fits what was typed, and only to those who may know of it', async () => {
    const staff = [ana, ben].map(({ id }) => ({ account: id, bot: false }));
    const [lead, coFacilitator] = [staff[0] ?? expect.fail(), staff[1] ?? expect.fail()];
    const policy = { groupType: 'support', capacity: 10, sessionMinutes: 90, zone: 'Etc/UTC' } as const;
    for (const name of ['Tuesday', 'Thursday']) {
      await createCohort(world, { guildId: sandbox.guild.id, name, ...policy, lead, coFacilitator });
    }
    expect(await ana.complete('/look', 'cohort', 'tu')).toMatchObject([{ name: 'Tuesday' }]);
    expect(await ana.complete('/look', 'cohort', '')).toHaveLength(2);
  });
});

describe('a press', () => {
  it('opens a form, and what was filled in is answered', async () => {
    await ana.run('/board');
    expect(await ana.press('Arrive')).toMatchObject({ is: 'form' });
    const outcome = await ana.fill({ mood: '9', share: 'group', words: ['calm', 'curious'] });
    expect(textOf(outcome)).toContain('mood 9, calm and curious');
  });

  it('on one’s own card is answered in the place of the card', async () => {
    await ana.run('/board');
    expect(await ana.press('Once more')).toMatchObject({ is: 'change' });
  });

  it('of a button that no longer leads anywhere is told kindly how to go on', async () => {
    await ana.run('/board');
    expect(textOf(await ana.press('Old'))).toContain('earlier version');
  });

  it('on a card that stands for all shows nothing, when the card itself shows it', async () => {
    const room = await standingBoard();
    await ana.waitFor(() => ana.sees(room));
    expect(await ana.press('Do it', { in: room })).toMatchObject({ is: 'nothing' });
  });

  it('on a card that stands for all is answered to the one who pressed, and leaves the card as it is', async () => {
    const room = await standingBoard();
    await ana.waitFor(() => ana.sees(room));
    const outcome = await ana.press('Say how you arrive', { in: room });
    expect(outcome).toMatchObject({ is: 'form' });
    expect(await ana.fill({ mood: '1', share: 'pass' })).toMatchObject({ is: 'reply', isPrivate: true });
    expect(callsOf(sandbox)).toMatchObject({ [CALLBACK]: 2 });
  });

  it('by somebody who may not is refused to them alone', async () => {
    const room = await standingBoard();
    await ben.waitFor(() => ben.sees(room));
    const outcome = await ben.press('Do it', { in: room });
    expect(outcome).toMatchObject({ is: 'reply', isPrivate: true });
    expect(textOf(outcome)).toContain('Only people who manage this server');
  });

  it('that takes long is answered to the one who pressed all the same', async () => {
    const room = await standingBoard();
    await ana.waitFor(() => ana.sees(room));
    const before = ana.replies.length;
    await ana.press('Take long', { in: room });
    await ana.waitFor(() => ana.replies.length > before);
    expect(JSON.stringify(ana.replies.at(-1))).toContain('Here I am');
  });
});

describe('a press in a direct message', () => {
  /** Ana leads the group with Ben; Cleo does not belong to it. Each has got the same buttons. */
  const asked = async (who: Person): Promise<void> => {
    const [lead, coFacilitator] = [ana, ben].map(({ id }) => ({ account: id, bot: false }));
    const policy = { groupType: 'support', capacity: 10, sessionMinutes: 90, zone: 'Etc/UTC' } as const;
    const cohort = await createCohort(world, {
      guildId: sandbox.guild.id,
      name: world.ids.next(),
      ...policy,
      lead: lead ?? expect.fail(),
      coFacilitator: coFacilitator ?? expect.fail(),
    });
    const cohortId = cohort.ok ? cohort.value.cohort.id : expect.fail(cohort.refusal.code);
    const startsAt = world.clock.now().toISOString();
    const facts = {
      kind: 'reminder',
      startsAt,
      cohortId,
      occurrenceId: world.ids.next(),
      ready: false,
    } as const;
    const once = { id: world.ids.next(), since: new Date(0), again: false, others: [] };
    await discord.messenger.direct(who.id, facts, once);
    await who.waitFor(() => who.dms().length > 0);
  };

  it('is answered beneath the buttons, which stay, for whoever belongs to the group', async () => {
    await asked(ben);
    const outcome = await ben.press('Yes');
    expect(outcome).toMatchObject({ is: 'reply' });
    expect(textOf(outcome)).toContain('thank you');
    expect(requests).toMatchObject([
      { guildId: sandbox.guild.id, account: ben.id, admin: false, direct: true },
    ]);
    expect(textOf(await ben.press('Noted'))).toContain('It was noted');
  });

  it('opens a form, and what was filled in is answered', async () => {
    await asked(ana);
    expect(await ana.press('A word')).toMatchObject({ is: 'form' });
    expect(textOf(await ana.fill({ note: 'I come late' }))).toContain('I come late');
    expect(requests).toMatchObject([{ account: ana.id, via: 'form', direct: true }]);
  });

  it('reaches nothing for somebody who does not belong to the group, admins included', async () => {
    const cleo = await logIn(sandbox, 'Cleo', true);
    await asked(cleo);
    expect(textOf(await cleo.press('Yes'))).toMatch(/no group|not.*group/i);
    expect(requests).toEqual([]);
    cleo.close();
  });

  it('of what belongs into the server, or is no more, is told so', async () => {
    await asked(ana);
    expect(textOf(await ana.press('Only there'))).toContain('inside the server');
    expect(textOf(await ana.press('Gone'))).toContain('earlier version');
  });
});

describe('when Discord falters', () => {
  it('an answer that it could not take is given again', async () => {
    sandbox.faults.serverError({ route: CALLBACK, times: 1 });
    expect(textOf(await ana.run('/group done'))).toContain('It is done');
    sandbox.faults.clear();
  });

  it('what the gateway tells a second time is not done a second time', async () => {
    await ana.run('/greet', { whom: ben.id });
    const [told] = sandbox.transcript.events({ who: sandbox.bot.id, type: 'INTERACTION_CREATE' });
    sandbox.world.emit({
      type: 'INTERACTION_CREATE',
      to: { users: [sandbox.bot.id] },
      data: Object(told?.data),
    });
    await ana.run('/greet', { whom: sandbox.bot.id });
    expect(requests.map(({ given }) => given['whom'])).toEqual([ben.id, sandbox.bot.id]);
  });

  it('what is done after a broken connection is answered', async () => {
    sandbox.faults.drop(sandbox.bot.id, { resumable: true });
    await sleep(1_000);
    expect(textOf(await ana.run('/group done'))).toContain('It is done');
  });
});
