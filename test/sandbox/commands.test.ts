/** Keeps the promise that a command is registered in the sandbox only if Discord would take it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

let sandbox: Sandbox;

const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${sandbox.restUrl}/v10/applications/${sandbox.bot.applicationId}${path}`, {
    method,
    headers: { authorization: `Bot ${sandbox.bot.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = response.status === 204 ? undefined : await response.json();
  return { status: response.status, body: answer };
};

/** What stands at a path of an answer. */
const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce((inner: unknown, key) => Object(inner)[key], value);

const logIn = (name: string, admin = false): Promise<Person> => {
  const { token } = sandbox.addPerson(name, { admin });
  return person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token });
};

const command = (more: object = {}) => ({ name: 'goal', description: 'Goals', ...more });
const option = (more: object = {}) => ({ type: 3, name: 'text', description: 'Text', ...more });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

beforeAll(async () => {
  sandbox = await startSandbox();
});

beforeEach(() => {
  // Every test begins with fresh rate limits.
  sandbox.clock.turn(60_000);
});

afterAll(() => sandbox.stop());

test.each([
  ['a name with a capital', command({ name: 'Goal' }), 'name'],
  ['a name with a space', command({ name: 'my goal' }), 'name'],
  ['a name that is too long', command({ name: 'g'.repeat(33) }), 'name'],
  ['no description', { name: 'goal' }, 'description'],
  ['a description that is too long', command({ description: 'd'.repeat(101) }), 'description'],
  ['a key that nobody knows', command({ colour: 'red' }), 'colour'],
  ['26 options', command({ options: many(26, (i) => option({ name: `o${i}` })) }), 'options'],
  ['two options of one name', command({ options: [option(), option()] }), 'options'],
  [
    'an optional option before a required one',
    command({ options: [option(), option({ name: 'b', required: true })] }),
    'options',
  ],
  [
    '26 choices',
    command({ options: [option({ choices: many(26, (i) => ({ name: `${i}`, value: `${i}` })) })] }),
    'options',
  ],
  [
    'choices beside autocomplete',
    command({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
    'options',
  ],
  [
    'text as the value of a whole number',
    command({ options: [option({ type: 4, choices: [{ name: 'a', value: 'a' }] })] }),
    'options',
  ],
  [
    'a least length above the greatest',
    command({ options: [option({ min_length: 9, max_length: 3 })] }),
    'options',
  ],
  [
    'a sub-command beside a value',
    command({ options: [{ type: 1, name: 'set', description: 'Set' }, option()] }),
    'options',
  ],
  [
    'a group inside a group',
    command({
      options: [
        {
          type: 2,
          name: 'a',
          description: 'a',
          options: [{ type: 2, name: 'b', description: 'b', options: [] }],
        },
      ],
    }),
    'options',
  ],
  [
    'a locale that Discord does not have',
    command({ name_localizations: { xx: 'ziel' } }),
    'name_localizations',
  ],
  ['no context at all', command({ contexts: [] }), 'contexts'],
  [
    'permissions that are words',
    command({ default_member_permissions: 'all' }),
    'default_member_permissions',
  ],
  ['options on a menu entry', { type: 2, name: 'Look at', options: [option()] }, 'options'],
])('%s is refused, and the error says where', async (_, body, field) => {
  const answer = await call('POST', '/commands', body);
  expect(answer).toMatchObject({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
  expect(Object.keys(Object(at(answer.body, 'errors')))).toEqual([field]);
});

test('a command of more than 8000 characters is too large', async () => {
  const long = (index: number) =>
    option({
      name: `o${index}`,
      description: 'd'.repeat(100),
      choices: many(5, (i) => ({ name: `${i}`.padEnd(50, 'n'), value: `${i}` })),
    });
  const answer = await call('POST', '/commands', command({ options: many(25, long) }));
  expect(at(answer.body, 'errors', '_errors', 0, 'code')).toBe('APPLICATION_COMMAND_TOO_LARGE');
});

test('registering a name again replaces the command and keeps its id', async () => {
  const first = await call('POST', '/commands', command());
  const again = await call('POST', '/commands', command({ description: 'Your goals' }));
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toMatchObject({ id: at(first.body, 'id'), description: 'Your goals' });
  expect(at(again.body, 'version')).not.toBe(at(first.body, 'version'));
});

test('a whole set that did not change keeps ids and versions, and what is left out is gone', async () => {
  const before = await call('PUT', '/commands', [command(), command({ name: 'turn' })]);
  const after = await call('PUT', '/commands', [command()]);
  expect(after.body).toEqual([at(before.body, 0)]);
  expect((await call('GET', '/commands')).body).toHaveLength(1);
});

test('a command can be changed, fetched and removed; then it is unknown', async () => {
  const path = `/commands/${at((await call('POST', '/commands', command({ name: 'turn' }))).body, 'id')}`;
  expect((await call('PATCH', path, { name: 'goal' })).status).toBe(400);
  expect((await call('PATCH', path, { description: 'Take turns' })).body).toMatchObject({
    name: 'turn',
    description: 'Take turns',
  });
  expect((await call('DELETE', path)).status).toBe(204);
  expect(await call('GET', path)).toMatchObject({ status: 404, body: { code: 10063 } });
});

test('another application is none of ours', async () => {
  const response = await fetch(`${sandbox.restUrl}/v10/applications/1/commands`, {
    headers: { authorization: `Bot ${sandbox.bot.token}` },
  });
  expect(await response.json()).toMatchObject({ code: 10002 });
});

test('at most 200 commands are made in a day', async () => {
  const guild = `/guilds/${sandbox.guild.id}/commands`;
  for (const round of [0, 1])
    expect(
      (
        await call(
          'PUT',
          guild,
          many(100, (i) => command({ name: `c${round}-${i}` })),
        )
      ).status,
    ).toBe(200);
  expect(await call('PUT', guild, [command({ name: 'one-more' })])).toMatchObject({
    status: 400,
    body: { code: 30034 },
  });
  sandbox.clock.turn(24 * 60 * 60_000);
  expect((await call('PUT', guild, [command({ name: 'one-more' })])).status).toBe(200);
});

test('a command for administrators is refused to others, and one for direct messages is not offered in a guild', async () => {
  await call('PUT', '/commands', [
    command({ name: 'cohort', default_member_permissions: '0' }),
    command({ name: 'private', contexts: [1] }),
  ]);
  const [member, admin] = [await logIn('Ana'), await logIn('Ada', true)];
  expect(await member.run('/cohort')).toMatchObject({ is: 'failure', code: 50013 });
  expect(await member.run('/private')).toMatchObject({ is: 'failure', code: 10063 });
  const outcome = admin.run('/cohort');
  await admin.waitFor((it) => it.events.some(({ type }) => type === 'INTERACTION_CREATE'));
  sandbox.clock.turn(3001);
  expect(await outcome).toMatchObject({ is: 'failure', code: 0 });
  member.close();
  admin.close();
});
