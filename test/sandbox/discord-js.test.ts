/** discord.js itself, unchanged, is the client: what it does against Discord it does against the sandbox. */
import {
  ChannelType,
  Client,
  Events,
  GatewayIntentBits,
  OverwriteType,
  PermissionFlagsBits,
  type TextChannel,
} from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { logIn } from './wire.ts';

let sandbox: Sandbox;
let client: Client<true>;

const logInBot = async (): Promise<Client<true>> => {
  const { Guilds, GuildVoiceStates, GuildMessages, GuildScheduledEvents } = GatewayIntentBits;
  const fresh = new Client({
    intents: [Guilds, GuildVoiceStates, GuildMessages, GuildScheduledEvents],
    rest: { api: sandbox.restUrl },
  });
  const ready = new Promise<Client<true>>((resolve) => fresh.once(Events.ClientReady, resolve));
  await fresh.login(sandbox.bot.token);
  return await ready;
};

const theGuild = () => client.guilds.cache.get(sandbox.guild.id) ?? expect.fail('the guild is not there');

beforeAll(async () => {
  sandbox = await startSandbox();
  client = await logInBot();
});

afterAll(async () => {
  await client.destroy();
  await sandbox.stop();
});

test('a bot logs in and finds its guild with the role that it was invited with', () => {
  expect(client.user.id).toBe(sandbox.bot.id);
  expect(theGuild().members.me?.permissions.has(PermissionFlagsBits.ManageChannels)).toBe(true);
  expect(theGuild().members.me?.permissions.has(PermissionFlagsBits.Administrator)).toBe(false);
});

test('a bot makes a private room for two people, and nobody else is told of it', async () => {
  const ana = sandbox.addPerson('Ana');
  const omar = sandbox.addPerson('Omar');
  const [anaLine, omarLine] = await Promise.all([
    logIn(sandbox.gatewayUrl, ana.token),
    logIn(sandbox.gatewayUrl, omar.token),
  ]);
  const category = await theGuild().channels.create({
    name: 'Tuesday group',
    type: ChannelType.GuildCategory,
    permissionOverwrites: [
      { id: sandbox.guild.id, deny: ['ViewChannel'] },
      { id: sandbox.bot.id, type: OverwriteType.Member, allow: ['ViewChannel', 'SendMessages', 'Connect'] },
      { id: ana.id, type: OverwriteType.Member, allow: ['ViewChannel', 'ReadMessageHistory', 'Connect'] },
    ],
  });
  const room = await theGuild().channels.create({
    name: 'Our Room',
    type: ChannelType.GuildText,
    parent: category,
  });
  expect(room.name).toBe('our-room');
  expect(room.permissionsLocked).toBe(true);
  const told = await anaLine.event('CHANNEL_CREATE', (channel) => channel.id === room.id);
  expect(told.parent_id).toBe(category.id);
  const sent = await room.send({ content: 'Welcome', embeds: [{ title: 'Agenda' }] });
  expect((await anaLine.event('MESSAGE_CREATE')).id).toBe(sent.id);
  await sent.edit('Welcome, Ana');
  expect((await anaLine.event('MESSAGE_UPDATE')).content).toBe('Welcome, Ana');
  expect(omarLine.heard.filter(({ t }) => t?.startsWith('CHANNEL_') || t?.startsWith('MESSAGE_'))).toEqual(
    [],
  );
});

test('a bot sees who joins a voice room, mutes, moves and takes them out', async () => {
  const noor = sandbox.addPerson('Noor');
  const line = await logIn(sandbox.gatewayUrl, noor.token);
  const [one, two] = await Promise.all([
    theGuild().channels.create({ name: 'One', type: ChannelType.GuildVoice, userLimit: 4 }),
    theGuild().channels.create({ name: 'Two', type: ChannelType.GuildVoice }),
  ]);
  const joined = new Promise<string | null>((resolve) =>
    client.once(Events.VoiceStateUpdate, (_, state) => resolve(state.channelId)),
  );
  line.send(4, { guild_id: sandbox.guild.id, channel_id: one.id, self_mute: false, self_deaf: false });
  expect(await joined).toBe(one.id);
  const member = await theGuild().members.fetch(noor.id);
  await member.voice.setMute(true, 'so that the others are heard');
  expect((await line.event('VOICE_STATE_UPDATE', ({ mute }) => mute)).channel_id).toBe(one.id);
  await member.voice.setChannel(two);
  await line.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === two.id);
  await member.voice.disconnect();
  await line.event('VOICE_STATE_UPDATE', ({ channel_id }) => channel_id === null);
  await expect(member.voice.setMute(false)).rejects.toMatchObject({ code: 40032 });
});

test('a bot writes to a person directly until that person closes its direct messages', async () => {
  const leo = sandbox.addPerson('Leo');
  const user = await client.users.fetch(leo.id);
  await user.send('A reminder');
  sandbox.faults.closeDms(leo.id);
  await expect(user.send('Another')).rejects.toMatchObject({ status: 403, code: 50007 });
  sandbox.faults.openDms(leo.id);
  await user.send('Another');
});

test('a message sent twice with one enforced nonce stands once', async () => {
  // The first text channel of the guild is one that the bot may write in.
  const general = theGuild().channels.cache.find((channel) => channel.name === 'general') as TextChannel;
  const first = await general.send({ content: 'Once', nonce: 'n1', enforceNonce: true });
  const again = await general.send({ content: 'Once', nonce: 'n1', enforceNonce: true });
  expect(again.id).toBe(first.id);
  sandbox.clock.turn(4 * 60_000);
  const later = await general.send({ content: 'Once', nonce: 'n1', enforceNonce: true });
  expect(later.id).not.toBe(first.id);
});
