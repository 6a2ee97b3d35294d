/** People of the story before a bot that is slow: it keeps what was pressed open, and answers when it can. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ButtonInteraction,
  ButtonStyle,
  ChannelType,
  Client,
  ComponentType,
  Events,
  MessageFlags,
} from 'discord.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { told } from '../../demo/answers.ts';
import { openForm, pressAndWait } from '../../demo/manner.ts';
import type { Person } from '../../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { logIn } from '../adapters/discord/connected.ts';

/** Milliseconds: a person who sees nothing for a second takes it that nothing comes. */
const SLOW = 1_300;

const row = (...labels: string[]) => ({
  type: ComponentType.ActionRow as const,
  components: labels.map((label) => ({
    type: ComponentType.Button as const,
    style: ButtonStyle.Primary as const,
    label,
    custom_id: label,
  })),
});

const READY = { content: 'The form is ready now.', components: [row('Open the form')] };
const FORM = {
  title: 'Sign',
  custom_id: 'form',
  components: [
    {
      type: ComponentType.Label as const,
      label: 'Your word',
      component: { type: ComponentType.TextInput as const, custom_id: 'word', style: 1 as const },
    },
  ],
};

let sandbox: Sandbox;
let client: Client;
let ana: Person;
let opened = 0;

/** What it does about each button. */
const DOES: Readonly<Record<string, (pressed: ButtonInteraction) => Promise<unknown>>> = {
  Sign: async (pressed) => {
    await pressed.deferUpdate();
    await sleep(SLOW);
    await pressed.followUp({ ...READY, flags: MessageFlags.Ephemeral });
  },
  Pass: async (pressed) => {
    await pressed.deferUpdate();
    // Somebody else passed as well, which the card shows first.
    await pressed.message.edit({ content: 'Two passed' });
    await sleep(SLOW);
    await pressed.followUp({ content: 'You passed', flags: MessageFlags.Ephemeral });
  },
  // At first it is slow again.
  'Open the form': async (pressed) => {
    opened += 1;
    if (opened > 1) return await pressed.showModal(FORM);
    await pressed.deferUpdate();
    await sleep(SLOW);
    return await pressed.editReply(READY);
  },
};

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new Client({ intents: ['Guilds'], rest: { api: sandbox.restUrl } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  client.on(Events.InteractionCreate, (it) => {
    if (it.isButton()) void DOES[it.customId]?.(it);
    if (it.isModalSubmit()) void it.reply({ content: 'It is signed', flags: MessageFlags.Ephemeral });
  });
  await client.login(sandbox.bot.token);
  await ready;
  const room = client.channels.cache.find(({ type }) => type === ChannelType.GuildText);
  if (room?.isSendable()) await room.send({ content: 'Welcome', components: [row('Sign', 'Pass')] });
  ana = await logIn(sandbox, 'Ana');
});
afterAll(async () => {
  ana.close();
  await client.destroy();
  await sandbox.stop();
});

it('open the form once there is a button for it, and once more when that is slow too', async () => {
  expect(await openForm(ana, 'Sign', { in: 'general' })).toMatchObject({ is: 'form' });
  expect(told(await ana.fill({ word: 'I agree' }))).toBe('It is signed');
});

it('wait for what they are told, and take no change of the card for it', async () => {
  expect(told(await pressAndWait(ana, 'Pass', { in: 'general' }))).toBe('You passed');
});
