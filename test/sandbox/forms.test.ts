/** Keeps the promise that what people choose and fill in reaches a bot only as its message or form allows. */
import {
  type APIModalInteractionResponseCallbackData,
  Client,
  Events,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

let sandbox: Sandbox;
let bot: Client;
let ana: Person;
let ben: Person;
let answer: (interaction: Interaction) => Promise<unknown>;
let heard: Interaction[] = [];

const logIn = (name: string): Promise<Person> =>
  person({
    restUrl: sandbox.restUrl,
    gatewayUrl: sandbox.gatewayUrl,
    token: (sandbox.people.get(name) ?? sandbox.addPerson(name)).token,
  });

const options = (...names: string[]) => names.map((name) => ({ label: name, value: name.toLowerCase() }));

const form: APIModalInteractionResponseCallbackData = {
  custom_id: 'check-in',
  title: 'Check-in',
  components: [
    { type: 10, content: 'You may leave anything empty.' },
    {
      type: 18,
      label: 'Words',
      component: { type: 3, custom_id: 'words', max_values: 2, options: options('Calm', 'Tired', 'Hopeful') },
    },
    {
      type: 18,
      label: 'Share with',
      component: { type: 21, custom_id: 'share', options: options('Group', 'Staff') },
    },
    {
      type: 18,
      label: 'More',
      component: { type: 4, custom_id: 'more', style: 2, required: false, min_length: 3 },
    },
    { type: 18, label: 'Agree', component: { type: 23, custom_id: 'agree' } },
  ],
};

const openForm = async (): Promise<void> => {
  answer = async (it) => it.isChatInputCommand() && it.showModal(form);
  expect(await ana.run('/open')).toMatchObject({ is: 'form' });
  answer = async (it) =>
    it.isModalSubmit() &&
    it.reply({
      flags: MessageFlags.Ephemeral,
      content: [
        it.fields.getStringSelectValues('words').join('+'),
        it.fields.getRadioGroup('share'),
        it.fields.getTextInputValue('more'),
        it.fields.getCheckbox('agree'),
      ].join('|'),
    });
};

const showSelects = async (): Promise<void> => {
  answer = async (it) =>
    it.isChatInputCommand() &&
    it.reply({
      content: 'Choose',
      components: [
        {
          type: 1,
          components: [
            {
              type: 3,
              customId: 'two',
              placeholder: 'Two words',
              minValues: 2,
              maxValues: 2,
              options: options('Calm', 'Tired', 'Hopeful'),
            },
          ],
        },
        { type: 1, components: [{ type: 5, customId: 'buddy' }] },
        { type: 1, components: [{ type: 8, customId: 'voice', channelTypes: [2] }] },
        { type: 1, components: [{ type: 2, style: 1, label: 'Closed', customId: 'closed', disabled: true }] },
      ],
    });
  await ana.run('/open');
  answer = async (it) =>
    it.isAnySelectMenu() && it.reply({ content: it.values.join('+'), flags: MessageFlags.Ephemeral });
};

beforeAll(async () => {
  sandbox = await startSandbox();
  bot = new Client({ intents: ['Guilds'], rest: { api: sandbox.restUrl } });
  const ready = new Promise((resolve) => bot.once(Events.ClientReady, resolve));
  bot.on(Events.InteractionCreate, (interaction) => {
    heard.push(interaction);
    void answer(interaction).catch(console.error);
  });
  await bot.login(sandbox.bot.token);
  await ready;
  await bot.application?.commands.set([{ name: 'open', description: 'Open' }]);
  [ana, ben] = [await logIn('Ana'), await logIn('Ben')];
});

beforeEach(() => {
  heard = [];
});

afterAll(async () => {
  ana.close();
  ben.close();
  await bot.destroy();
  await sandbox.stop();
});

test('a form with choices, a radio group, text and a checkbox comes back as it was filled in', async () => {
  await openForm();
  expect(await ana.fill({ Words: ['Calm', 'Hopeful'], 'Share with': 'Staff', Agree: true })).toMatchObject({
    text: 'calm+hopeful|staff||true',
  });
});

test.each([
  ['more choices than the form takes', { Words: ['Calm', 'Tired', 'Hopeful'], 'Share with': 'Staff' }],
  ['no choice where one must be made', { Words: [], 'Share with': 'Staff' }],
  ['a choice that was not offered', { Words: ['Furious'], 'Share with': 'Staff' }],
  ['the same choice twice', { Words: ['Calm', 'Calm'], 'Share with': 'Staff' }],
  ['no radio button', { Words: ['Calm'] }],
  ['text that is too short', { Words: ['Calm'], 'Share with': 'Staff', More: 'ab' }],
  ['a checkbox that holds text', { Words: ['Calm'], 'Share with': 'Staff', Agree: 'yes' }],
])('a form with %s is refused, and the bot does not hear of it', async (_, answers) => {
  await openForm();
  heard = [];
  expect(await ana.fill(answers)).toMatchObject({ is: 'failure', code: 50035 });
  expect(heard).toEqual([]);
});

test('nobody can submit a form that was opened for somebody else', async () => {
  await openForm();
  const { form: open } = ana;
  const start = {
    type: 5,
    application_id: sandbox.bot.id,
    guild_id: sandbox.guild.id,
    channel_id: open?.channel_id,
  };
  const session = ben.events.find(({ type }) => type === 'READY')?.data;
  const sent = ben.rest('POST', '/interactions', {
    ...start,
    session_id: Object(session).session_id,
    data: { id: open?.id, custom_id: 'check-in', components: [] },
  });
  await expect(sent).rejects.toMatchObject({ status: 404, code: 10062 });
});

test('a form that was answered is gone', async () => {
  await openForm();
  const { form: open } = ana;
  await ana.fill({ Words: ['Calm'], 'Share with': 'Group' });
  const session = ana.events.find(({ type }) => type === 'READY')?.data;
  const again = ana.rest('POST', '/interactions', {
    type: 5,
    application_id: sandbox.bot.id,
    guild_id: sandbox.guild.id,
    channel_id: open?.channel_id,
    session_id: Object(session).session_id,
    data: { id: open?.id, custom_id: 'check-in', components: [] },
  });
  await expect(again).rejects.toMatchObject({ code: 10062 });
});

test('a select takes as many of its own values as it says', async () => {
  await showSelects();
  expect(await ben.choose('Two words', ['Calm', 'Tired'])).toMatchObject({ text: 'calm+tired' });
  expect(await ben.choose('Two words', ['Calm'])).toMatchObject({ is: 'failure', code: 50035 });
  expect(await ben.choose('Two words', ['Calm', 'Furious'])).toMatchObject({ is: 'failure', code: 50035 });
  expect(await ben.choose('buddy', ana)).toMatchObject({ text: ana.id });
  expect(await ben.choose('buddy', '12345')).toMatchObject({ is: 'failure', code: 50035 });
});

test('a select for voice rooms takes no text room', async () => {
  await showSelects();
  const [general] = ana.rooms().filter((room) => room.name === 'general');
  expect(await ana.choose('voice', general?.id ?? '')).toMatchObject({ is: 'failure', code: 50035 });
});

test('a disabled button cannot be pressed', async () => {
  await showSelects();
  expect(await ana.press('Closed')).toMatchObject({ is: 'failure', code: 50035 });
});

test('a private reply has buttons for its own person only', async () => {
  answer = async (it) =>
    it.isChatInputCommand() &&
    it.reply({
      content: 'Only you',
      flags: MessageFlags.Ephemeral,
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Mine', customId: 'mine' }] }],
    });
  await ana.run('/open');
  answer = async (it) => it.isButton() && it.update({ content: 'Pressed', components: [] });
  const [message] = ana.replies.slice(-1);
  const session = ben.events.find(({ type }) => type === 'READY')?.data;
  const pressed = ben.rest('POST', '/interactions', {
    type: 3,
    application_id: sandbox.bot.id,
    guild_id: sandbox.guild.id,
    channel_id: message?.channel_id,
    message_id: message?.id,
    session_id: Object(session).session_id,
    data: { component_type: 2, custom_id: 'mine' },
  });
  await expect(pressed).rejects.toMatchObject({ status: 404, code: 10008 });
  await expect(
    ben.rest('GET', `/channels/${message?.channel_id}/messages/${message?.id}`),
  ).rejects.toMatchObject({
    code: 10008,
  });
  expect(await ana.press('Mine')).toMatchObject({ is: 'change', text: 'Pressed' });
});

test('a message of the second generation shows its text and holds no content', async () => {
  let refused: unknown;
  answer = async (it) => {
    if (!it.isChatInputCommand()) return;
    const components = [{ type: 17 as const, components: [{ type: 10 as const, content: 'Phase 1' }] }];
    refused = await it
      .reply({ content: 'no', flags: MessageFlags.IsComponentsV2, components })
      .catch((error: unknown) => error);
    await it.reply({ flags: MessageFlags.IsComponentsV2, components });
  };
  expect(await ana.run('/open')).toMatchObject({ is: 'reply', text: 'Phase 1' });
  expect(refused).toMatchObject({ status: 400, code: 50035 });
});

test('a person can run a command in a direct message with the bot', async () => {
  answer = async (it) => it.isChatInputCommand() && it.reply(`in guild: ${it.inGuild()}`);
  const user = await bot.users.fetch(ana.id);
  const { channelId } = await user.send('Hello');
  await ana.waitFor((it) => it.dms().some((message) => message.content === 'Hello'));
  expect(await ana.run('/open', {}, { in: channelId })).toMatchObject({ text: 'in guild: false' });
});

test('waiting in vain says what is in sight', async () => {
  await expect(ana.waitFor((it) => it.sees('attic'), 50)).rejects.toThrow(/rooms: general/);
  await expect(ana.run('/attic')).rejects.toThrow('there is no command /attic here; there is: /open');
});
