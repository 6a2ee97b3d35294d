/** A bot of a few words, to see how a window shows what bots do: it asks, answers, changes, and keeps silent. */
import {
  ChannelType,
  type ChatInputCommandInteraction,
  Client,
  Events,
  type Interaction,
  MessageFlags,
} from 'discord.js';
import type { Sandbox } from '../../sandbox/sandbox.ts';

const FORM = {
  title: 'A question',
  custom_id: 'form',
  components: [
    { type: 18, label: 'Your word', component: { type: 4, custom_id: 'word', style: 1 } },
    {
      type: 18,
      label: 'How much',
      component: {
        type: 21,
        custom_id: 'much',
        options: [
          { label: 'A little', value: 'little' },
          { label: 'A lot', value: 'lot' },
        ],
      },
    },
  ],
};

const CARD = [
  {
    type: 1,
    components: [
      { type: 2, style: 1, label: 'Answer', custom_id: 'answer' },
      { type: 2, style: 4, label: 'Silence', custom_id: 'silence' },
    ],
  },
  {
    type: 1,
    components: [
      {
        type: 3,
        custom_id: 'choose',
        placeholder: 'Choose a word',
        options: [
          { label: 'Calm', value: 'calm' },
          { label: 'Tired', value: 'tired' },
        ],
      },
    ],
  },
];

const COMMANDS = [
  {
    name: 'greet',
    description: 'Says a greeting',
    options: [{ type: 6, name: 'person', description: 'Whom', required: true }],
  },
  {
    name: 'find',
    description: 'Finds a fruit',
    options: [{ type: 3, name: 'fruit', description: 'Which', autocomplete: true, required: true }],
  },
  { name: 'write', description: 'Writes to you directly' },
];

const FRUITS = ['apple', 'apricot', 'banana'];

const only = (content: string) => ({ content, flags: MessageFlags.Ephemeral as const });

const write = async ({ user }: ChatInputCommandInteraction): Promise<string> =>
  user.send('A word for you alone').then(
    () => 'It is on its way',
    () => 'You take no direct messages',
  );

/** The bot. */
export interface SmallBot {
  readonly client: Client;
  /** Resolves when everything that it was asked is answered, or given up: no call of it is under way. */
  rests(): Promise<unknown>;
}

const answer = async (it: Interaction): Promise<void> => {
  if (it.isAutocomplete()) {
    const fitting = FRUITS.filter((fruit) => fruit.startsWith(it.options.getFocused()));
    await it.respond(fitting.map((name) => ({ name, value: `code-${name}` })));
  } else if (it.isButton() && it.customId === 'answer') await it.showModal(FORM);
  else if (it.isStringSelectMenu()) await it.update({ content: `Chosen: ${it.values[0]}`, components: [] });
  else if (it.isModalSubmit()) await it.reply(only(`Kept: ${it.fields.getTextInputValue('word')}`));
  else if (it.isChatInputCommand() && it.commandName === 'greet')
    await it.reply(only(`Hello, <@${it.options.getUser('person', true).id}>`));
  else if (it.isChatInputCommand() && it.commandName === 'write') await it.reply(only(await write(it)));
  else if (it.isChatInputCommand()) await it.reply(only(`Found: ${it.options.getString('fruit', true)}`));
};

/** Logs it in, and has it put its card into the first room. */
export const startSmallBot = async ({ restUrl, bot, guild }: Sandbox): Promise<SmallBot> => {
  const client = new Client({ intents: ['Guilds'], rest: { api: restUrl } });
  let answered: Promise<unknown> = Promise.resolve();
  client.on(Events.InteractionCreate, (it) => {
    // Where everything is slow, nobody waits for it any more.
    answered = Promise.all([answered, answer(it).catch(() => undefined)]);
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(bot.token);
  await ready;
  await client.application?.commands.set(COMMANDS, guild.id);
  const room = client.channels.cache.find((it) => it.type === ChannelType.GuildText);
  if (room?.isSendable()) await room.send({ content: '**Welcome**', components: CARD });
  return { client, rests: () => answered };
};
