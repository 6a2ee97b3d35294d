/** Keeps the promise that a bot and a person meet in the sandbox as they do in Discord: commands, buttons and forms. */
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

let sandbox: Sandbox;
let bot: Client<true>;
let ana: Person;
let ben: Person;
/** What the bot does with the next interactions; each test sets its own. */
let answer: (interaction: Interaction) => Promise<unknown>;

const logIn = async (name: string): Promise<Person> => {
  const { token } = sandbox.people.get(name) ?? sandbox.addPerson(name);
  return await person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token });
};

const startBot = async (): Promise<Client<true>> => {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: sandbox.restUrl } });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  client.on(Events.InteractionCreate, (interaction) => void answer(interaction).catch(console.error));
  await client.login(sandbox.bot.token);
  return await ready;
};

const commands = [
  new SlashCommandBuilder()
    .setName('check-in')
    .setDescription('Say how you arrive')
    .addIntegerOption((option) =>
      option.setName('mood').setDescription('0 to 10').setRequired(true).setMinValue(0).setMaxValue(10),
    )
    .addStringOption((option) =>
      option
        .setName('share')
        .setDescription('With whom')
        .addChoices({ name: 'Group', value: 'group' }, { name: 'Staff', value: 'staff' }),
    )
    .addUserOption((option) => option.setName('with').setDescription('Somebody')),
  new SlashCommandBuilder()
    .setName('goal')
    .setDescription('Goals')
    .addSubcommand((sub) =>
      sub
        .setName('update')
        .setDescription('Update a goal')
        .addStringOption((option) =>
          option.setName('goal').setDescription('Which').setRequired(true).setAutocomplete(true),
        ),
    ),
];

const passRow = new ActionRowBuilder<ButtonBuilder>().addComponents(
  new ButtonBuilder().setCustomId('pass').setLabel('Pass').setStyle(ButtonStyle.Secondary),
);

const form = new ModalBuilder()
  .setCustomId('intention')
  .setTitle('Your intention')
  .addLabelComponents(
    new LabelBuilder()
      .setLabel('What will you carry with you?')
      .setTextInputComponent(
        new TextInputBuilder().setCustomId('text').setStyle(TextInputStyle.Short).setMaxLength(20),
      ),
  );

const isCommand = (interaction: Interaction): interaction is ChatInputCommandInteraction =>
  interaction.isChatInputCommand();

beforeAll(async () => {
  sandbox = await startSandbox();
  bot = await startBot();
  [ana, ben] = [await logIn('Ana'), await logIn('Ben')];
  await bot.application.commands.set(commands, sandbox.guild.id);
});

beforeEach(() => {
  answer = async () => undefined;
});

afterAll(async () => {
  for (const it of [ana, ben]) it?.close();
  await bot?.destroy();
  await sandbox?.stop();
});

test('a person runs a command and alone sees the private reply', async () => {
  answer = async (it) =>
    isCommand(it) &&
    it.reply({
      content: `Mood ${it.options.getInteger('mood', true)} shared with ${it.options.getString('share')}`,
      flags: MessageFlags.Ephemeral,
    });
  const outcome = await ana.run('/check-in', { mood: 5, share: 'Group' });
  expect(outcome).toMatchObject({ is: 'reply', text: 'Mood 5 shared with group', isPrivate: true });
  expect(await ana.read('general')).toEqual([]);
  expect(ben.replies).toEqual([]);
  const counts = sandbox.transcript.countByRoute(sandbox.bot.id);
  expect(counts['POST /interactions/:interaction/:token/callback']).toBe(1);
});

test('a button press opens a form, and what was filled in comes back', async () => {
  answer = async (it) => {
    if (isCommand(it)) await it.reply({ content: 'Ready?', components: [passRow.toJSON()] });
    if (it.isButton()) await it.showModal(form);
    if (it.isModalSubmit())
      await it.reply({ content: it.fields.getTextInputValue('text'), flags: MessageFlags.Ephemeral });
  };
  expect(await ana.run('/check-in', { mood: 5 })).toMatchObject({ is: 'reply', isPrivate: false });
  expect(await ben.press('Pass')).toMatchObject({ is: 'form', form: { title: 'Your intention' } });
  expect(await ben.fill({ 'What will you carry with you?': 'patience' })).toMatchObject({
    is: 'reply',
    text: 'patience',
    isPrivate: true,
  });
  expect(ben.form).toBeNull();
});

test('a form that breaks its own rules is refused and stays open', async () => {
  answer = async (it) => isCommand(it) && it.showModal(form);
  await ana.run('/check-in', { mood: 5 });
  expect(await ana.fill({ text: 'much longer than twenty letters' })).toMatchObject({
    is: 'failure',
    code: 50035,
  });
  expect(await ana.fill({ text: '' })).toMatchObject({ is: 'failure', code: 50035 });
  expect(ana.form).not.toBeNull();
  await expect(ana.fill({ nothing: 'x' })).rejects.toThrow('it asks: What will you carry with you?');
});

test('a press may change the message that it was made on', async () => {
  answer = async (it) => {
    if (isCommand(it)) await it.reply({ content: 'Round 1', components: [passRow.toJSON()] });
    if (it.isButton()) await it.update({ content: 'Round 2', components: [] });
  };
  await ana.run('/check-in', { mood: 5 });
  expect(await ben.press('Pass')).toMatchObject({ is: 'change', text: 'Round 2' });
});

test('a bot that needs time first says that it is thinking', async () => {
  answer = async (it) => {
    if (!isCommand(it)) return;
    await it.deferReply({ flags: MessageFlags.Ephemeral });
    await it.editReply('Done');
    await it.followUp({ content: 'And one more', flags: MessageFlags.Ephemeral });
  };
  expect(await ana.run('/check-in', { mood: 5 })).toMatchObject({
    is: 'reply',
    text: 'Done',
    isPrivate: true,
  });
  await ana.waitFor((it) => it.replies.some((reply) => reply.content === 'And one more'));
});

test('values that the command does not allow are refused before the bot hears of them', async () => {
  let heard = 0;
  answer = async () => (heard += 1);
  expect(await ana.run('/check-in', { mood: 11 })).toMatchObject({ is: 'failure', code: 50035 });
  expect(await ana.run('/check-in', { mood: 1.5 })).toMatchObject({ is: 'failure', code: 50035 });
  expect(await ana.run('/check-in', {})).toMatchObject({ is: 'failure', code: 50035 });
  expect(await ana.run('/check-in', { mood: 1, share: 'world' })).toMatchObject({
    is: 'failure',
    code: 50035,
  });
  expect(await ana.run('/check-in', { mood: 1, with: '1' })).toMatchObject({ is: 'failure', code: 50035 });
  expect(heard).toBe(0);
});

test('a person who is named comes with their membership and permissions', async () => {
  answer = async (it) =>
    isCommand(it) &&
    it.reply({
      content: it.options.getMember('with')?.toString() ?? 'nobody',
      flags: MessageFlags.Ephemeral,
    });
  expect(await ana.run('/check-in', { mood: 1, with: ben })).toMatchObject({ text: `<@${ben.id}>` });
});

test('completions are suggested while a person types', async () => {
  answer = async (it) => {
    if (it.isAutocomplete()) await it.respond([{ name: `${it.options.getFocused()}lk daily`, value: '7' }]);
  };
  expect(await ana.complete('/goal update', 'goal', 'wa')).toEqual([{ name: 'walk daily', value: '7' }]);
});

test('who is not answered within three seconds is told, and the bot is too late', async () => {
  let late: unknown;
  answer = async (it) => {
    sandbox.clock.turn(3001);
    if (isCommand(it)) late = await it.reply('too late').catch((error: unknown) => error);
  };
  expect(await ana.run('/check-in', { mood: 5 })).toMatchObject({ is: 'failure', code: 0 });
  await expect.poll(() => late).toMatchObject({ status: 404, code: 10062 });
});

test('an interaction is answered once, and its token dies after fifteen minutes', async () => {
  let twice: unknown;
  let old: unknown;
  answer = async (it) => {
    if (!isCommand(it)) return;
    await it.reply({ content: 'one', flags: MessageFlags.Ephemeral });
    twice = await it.client.rest
      .post(`/interactions/${it.id}/${it.token}/callback`, {
        body: { type: 4, data: { content: 'two' } },
        auth: false,
      })
      .catch((error: unknown) => error);
    sandbox.clock.turn(15 * 60_000);
    old = await it.followUp('late').catch((error: unknown) => error);
  };
  await ana.run('/check-in', { mood: 5 });
  await expect.poll(() => twice).toMatchObject({ status: 400, code: 40060 });
  await expect.poll(() => old).toMatchObject({ status: 401, code: 50027 });
});

/** Answers an interaction over bare HTTP, as any library might. */
const callBack = (it: Interaction, body: object, query = '') =>
  fetch(`${sandbox.restUrl}/v10/interactions/${it.id}/${it.token}/callback${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const webhook = (it: Pick<Interaction, 'applicationId' | 'token'>, method: string, path: string) =>
  fetch(`${sandbox.restUrl}/v10/webhooks/${it.applicationId}/${it.token}${path}`, { method });

test.each([
  ['an update of a message that there is none of', { type: 7, data: { content: 'x' } }],
  ['suggestions to who asked for none', { type: 8, data: { choices: [] } }],
  ['a type that Discord does not have', { type: 3 }],
  ['a deferred answer with content', { type: 5, data: { content: 'x' } }],
  ['a key that nobody knows', { type: 4, data: { content: 'x', colour: 'red' } }],
])('a command is not answered by %s, and can then still be answered', async (_, body) => {
  let refused: unknown;
  answer = async (it) => {
    refused = await (await callBack(it, body)).json();
    if (isCommand(it)) await it.reply({ content: 'right', flags: MessageFlags.Ephemeral });
  };
  expect(await ana.run('/check-in', { mood: 5 })).toMatchObject({ is: 'reply', text: 'right' });
  expect(refused).toMatchObject({ code: 50035 });
});

test('an answer that says nothing is refused', async () => {
  let refused: unknown;
  answer = async (it) => {
    refused = await (await callBack(it, { type: 4, data: { content: '  ' } })).json();
    if (isCommand(it)) await it.reply({ content: 'something', flags: MessageFlags.Ephemeral });
  };
  await ana.run('/check-in', { mood: 5 });
  expect(refused).toMatchObject({ code: 50006 });
});

test('a form is not answered by a form', async () => {
  let refused: unknown;
  answer = async (it) => {
    if (isCommand(it)) await it.showModal(form);
    if (!it.isModalSubmit()) return;
    refused = await (await callBack(it, { type: 9, data: form.toJSON() })).json();
    await it.reply({ content: 'thanks', flags: MessageFlags.Ephemeral });
  };
  await ana.run('/check-in', { mood: 5 });
  expect(await ana.fill({ text: 'patience' })).toMatchObject({ text: 'thanks' });
  expect(refused).toMatchObject({ code: 50035 });
});

test('whoever answers may ask for what came of it', async () => {
  let told: unknown;
  answer = async (it) => {
    const response = await callBack(
      it,
      { type: 4, data: { content: 'told', flags: 64 } },
      '?with_response=true',
    );
    told = await response.json();
  };
  const outcome = await ana.run('/check-in', { mood: 5 });
  await expect
    .poll(() => told)
    .toMatchObject({
      interaction: { type: 2, response_message_ephemeral: true, response_message_loading: false },
      resource: { type: 4, message: { content: 'told', flags: 64 } },
    });
  expect(outcome).toMatchObject({ message: { id: Object(told).interaction.response_message_id } });
});

test('a token reaches its own messages and no others, and nothing before it was used', async () => {
  let early = 0;
  let first: Interaction | undefined;
  answer = async (it) => {
    early = (await webhook(it, 'GET', '/messages/@original')).status;
    first ??= it;
    await callBack(it, { type: 4, data: { content: 'mine', flags: 64 } });
  };
  await ana.run('/check-in', { mood: 5 });
  const other = await ben.run('/check-in', { mood: 5 });
  if (!first || other.is !== 'reply') throw new Error('both should have been answered');
  expect(early).toBe(404);
  expect((await webhook(first, 'GET', '/messages/@original')).status).toBe(200);
  expect((await webhook(first, 'GET', `/messages/${other.message.id}`)).status).toBe(404);
  expect((await webhook(first, 'DELETE', '/messages/@original')).status).toBe(204);
  expect((await webhook(first, 'GET', '/messages/@original')).status).toBe(404);
  const guess = { applicationId: first.applicationId, token: 'guess' };
  expect((await webhook(guess, 'GET', '/messages/@original')).status).toBe(401);
});

test('a reply can carry a file, which its reader can fetch', async () => {
  answer = async (it) =>
    isCommand(it) &&
    it.reply({
      files: [{ attachment: Buffer.from('breathe in'), name: 'pace.txt' }],
      flags: MessageFlags.Ephemeral,
    });
  const outcome = await ana.run('/check-in', { mood: 5 });
  const url = outcome.is === 'reply' ? outcome.message.attachments[0]?.url : undefined;
  expect(await (await fetch(url ?? '')).text()).toBe('breathe in');
});

test('a public follow-up to a private reply does not carry the private reply', async () => {
  answer = async (it) => {
    if (!isCommand(it)) return;
    await it.reply({ content: 'private', flags: MessageFlags.Ephemeral });
    await it.followUp('public');
  };
  await ana.run('/check-in', { mood: 5 });
  const seen = await ben.waitFor((it) =>
    it.messagesIn('general').find((message) => message.content === 'public'),
  );
  expect(JSON.stringify(seen)).not.toContain('private');
});

test('what one person does in private leaves no trace on the wire of another', async () => {
  answer = async (it) => isCommand(it) && it.reply({ content: 'secret', flags: MessageFlags.Ephemeral });
  const from = ben.events.length;
  await ana.run('/check-in', { mood: 5 });
  await ana.say('general', 'done');
  await ben.waitFor((it) => it.messagesIn('general').some((message) => message.content === 'done'));
  expect(ben.events.slice(from).map(({ type }) => type)).toEqual(['MESSAGE_CREATE']);
});

test('a menu entry is run on a person or on a message', async () => {
  const [look, keep] = [
    await bot.application.commands.create({ name: 'Look at', type: 2 }),
    await bot.application.commands.create({ name: 'Keep', type: 3 }),
  ];
  answer = async (it) => {
    if (it.isUserContextMenuCommand())
      await it.reply({ content: `person ${it.targetId}`, flags: MessageFlags.Ephemeral });
    if (it.isMessageContextMenuCommand())
      await it.reply({ content: `message ${it.targetMessage.content}`, flags: MessageFlags.Ephemeral });
  };
  const message = await ben.say('general', 'keep me');
  const session: unknown = Object(ana.events.find(({ type }) => type === 'READY')?.data).session_id;
  const open = (command: { id: string; name: string; type: number }, target: string) =>
    ana.rest('POST', '/interactions', {
      type: 2,
      application_id: sandbox.bot.id,
      guild_id: sandbox.guild.id,
      channel_id: message.channel_id,
      session_id: session,
      data: { id: command.id, name: command.name, type: command.type, target_id: target },
    });
  await open(look, ben.id);
  await ana.waitFor((it) => it.replies.some((reply) => reply.content === `person ${ben.id}`));
  await open(keep, message.id);
  await ana.waitFor((it) => it.replies.some((reply) => reply.content === 'message keep me'));
  await expect(open(keep, '1')).rejects.toMatchObject({ code: 10008 });
});
