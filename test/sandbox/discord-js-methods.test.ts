/** The methods of discord.js that a group bot uses, each as its documentation shows it, against the sandbox. */
import {
  ActionRowBuilder,
  ActivityType,
  AutoModerationActionType,
  AutoModerationRuleEventType,
  AutoModerationRuleTriggerType,
  ButtonBuilder,
  ButtonStyle,
  type CategoryChannel,
  ChannelType,
  Client,
  ContainerBuilder,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  type Guild,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventRecurrenceRuleFrequency,
  GuildScheduledEventRecurrenceRuleWeekday,
  GuildScheduledEventStatus,
  MessageFlags,
  OverwriteType,
  type TextChannel,
  TextDisplayBuilder,
  type VoiceChannel,
} from 'discord.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ALL, BITS } from '../../sandbox/permissions.ts';
import { type PersonInfo, type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';

const HOUR = 3_600_000;

let sandbox: Sandbox;
let client: Client<true>;
let guild: Guild;
let ana: PersonInfo;
let category: CategoryChannel;
let text: TextChannel;
let voice: VoiceChannel;

beforeAll(async () => {
  sandbox = await startSandbox({
    botPermissions: ALL & ~BITS.ADMINISTRATOR,
    privileged: { members: true, messageContent: true, presences: true },
    windowFactor: 0.01,
  });
  ana = sandbox.addPerson('Ana');
  const intents = Object.values(GatewayIntentBits).filter((bit) => typeof bit === 'number');
  client = new Client<true>({ intents, rest: { api: sandbox.restUrl } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(sandbox.bot.token);
  await ready;
  guild = await client.guilds.fetch(sandbox.guild.id);
  category = await guild.channels.create({ name: 'Group', type: ChannelType.GuildCategory });
  text = await guild.channels.create({ name: 'Text room', parent: category, topic: 'hello' });
  voice = await guild.channels.create({ name: 'Voice', type: ChannelType.GuildVoice, userLimit: 12 });
});
afterAll(async () => {
  await client.destroy();
  await sandbox.stop();
});

test('guild, members, channels and the application are fetched', async () => {
  expect((await guild.fetchOwner()).id).toBe(sandbox.guild.ownerId);
  expect((await guild.members.fetch()).size).toBe(3);
  expect((await guild.members.search({ query: 'an' })).first()?.id).toBe(ana.id);
  expect((await guild.channels.fetch()).has(text.id)).toBe(true);
  expect((await client.application.fetch()).id).toBe(sandbox.bot.applicationId);
  expect((await client.fetchVoiceRegions()).size).toBeGreaterThan(0);
});

test('channels are edited, moved and ordered', async () => {
  expect((await text.setTopic('another', 'a reason')).topic).toBe('another');
  expect((await voice.edit({ userLimit: 6, bitrate: 64_000 })).userLimit).toBe(6);
  expect((await voice.setParent(category)).parentId).toBe(category.id);
  expect((await voice.setParent(null, { lockPermissions: false })).parentId).toBeNull();
  await text.setPosition(1);
  await guild.channels.setPositions([{ channel: text.id, position: 0 }]);
  expect((await text.clone({ name: 'copy' })).topic).toBe('another');
});

test('overwrites are edited, set, deleted and brought in step with the category', async () => {
  const type = OverwriteType.Member;
  await text.permissionOverwrites.edit(ana.id, { ViewChannel: true, SendMessages: false }, { type });
  expect(text.permissionOverwrites.cache.get(ana.id)?.deny.has('SendMessages')).toBe(true);
  await text.permissionOverwrites.set([{ id: guild.id, deny: ['AddReactions'] }]);
  await text.permissionOverwrites.delete(guild.id);
  expect((await text.lockPermissions()).permissionOverwrites.cache.size).toBe(0);
});

test('roles are made, moved, given and deleted', async () => {
  const role = await guild.roles.create({
    name: 'Group',
    permissions: [],
    colors: { primaryColor: 0x112233 },
  });
  expect((await role.edit({ name: 'Our group', hoist: true })).hoist).toBe(true);
  expect((await role.setPosition(1)).position).toBe(1);
  const member = await guild.members.fetch(ana.id);
  expect((await member.roles.add(role)).roles.cache.has(role.id)).toBe(true);
  expect((await guild.roles.fetchMemberCounts()).get(role.id)).toBe(1);
  await member.roles.set([]);
  await role.delete();
});

test('members are renamed, timed out and let go on', async () => {
  const member = await guild.members.fetch(ana.id);
  expect((await member.setNickname('Annie')).nickname).toBe('Annie');
  expect((await member.timeout(60_000, 'a pause')).isCommunicationDisabled()).toBe(true);
  expect((await member.timeout(null)).isCommunicationDisabled()).toBe(false);
  expect((await guild.members.editMe({ nick: 'Helper' })).nickname).toBe('Helper');
});

test('messages are sent in every form, edited, pinned, answered and deleted', async () => {
  const button = new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary);
  const sent = await text.send({
    content: 'hello',
    embeds: [new EmbedBuilder().setTitle('Agenda').setColor(0xff0000).setTimestamp()],
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
    allowedMentions: { parse: [] },
  });
  expect((await sent.edit({ content: 'hello again', embeds: [] })).embeds).toEqual([]);
  await sent.pin();
  expect((await text.messages.fetchPins()).items).toHaveLength(1);
  await sent.unpin();
  expect(
    (await sent.reply({ content: 'yes', allowedMentions: { repliedUser: false } })).reference,
  ).not.toBeNull();
  const display = new TextDisplayBuilder().setContent('# Today');
  const components = [new ContainerBuilder().addTextDisplayComponents(display)];
  expect((await text.send({ flags: MessageFlags.IsComponentsV2, components })).components).toHaveLength(1);
  const files = [{ attachment: Buffer.from('breathe'), name: 'page.txt', description: 'a page' }];
  expect((await text.send({ files })).attachments.first()?.description).toBe('a page');
  await text.sendTyping();
  await sent.delete();
  expect((await text.bulkDelete(2)).size).toBe(2);
});

test('scheduled events recur, begin and end', async () => {
  const event = await guild.scheduledEvents.create({
    name: 'Tuesday group',
    scheduledStartTime: sandbox.clock.now() + HOUR,
    privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
    entityType: GuildScheduledEventEntityType.Voice,
    channel: voice,
    recurrenceRule: {
      startAt: sandbox.clock.now() + HOUR,
      frequency: GuildScheduledEventRecurrenceRuleFrequency.Weekly,
      interval: 1,
      byWeekday: [GuildScheduledEventRecurrenceRuleWeekday.Tuesday],
    },
  });
  expect((await event.edit({ name: 'Another name' })).name).toBe('Another name');
  await event.setStatus(GuildScheduledEventStatus.Active);
  expect((await guild.scheduledEvents.fetch()).size).toBe(1);
  expect((await event.fetchSubscribers({ withMember: true })).size).toBe(0);
  await event.setStatus(GuildScheduledEventStatus.Completed);
});

test('AutoMod rules are made, changed and deleted', async () => {
  const rule = await guild.autoModerationRules.create({
    name: 'Kind words',
    eventType: AutoModerationRuleEventType.MessageSend,
    triggerType: AutoModerationRuleTriggerType.Keyword,
    triggerMetadata: { keywordFilter: ['bad'] },
    actions: [
      { type: AutoModerationActionType.BlockMessage, metadata: { customMessage: 'Please talk to staff.' } },
      { type: AutoModerationActionType.SendAlertMessage, metadata: { channel: text } },
      { type: AutoModerationActionType.Timeout, metadata: { durationSeconds: 60 } },
    ],
    enabled: true,
  });
  expect((await rule.setKeywordFilter(['worse'])).triggerMetadata.keywordFilter).toEqual(['worse']);
  expect((await guild.autoModerationRules.fetch()).size).toBe(1);
  await rule.delete();
});

test('invites, threads, bans and the audit log are at hand', async () => {
  const invite = await text.createInvite({ maxUses: 1, maxAge: 600, unique: true });
  expect((await client.fetchInvite(invite.code)).code).toBe(invite.code);
  await invite.delete();
  const thread = await text.threads.create({
    name: 'one to one',
    type: ChannelType.PrivateThread,
    invitable: false,
  });
  await thread.members.add(ana.id);
  expect((await thread.members.fetch()).has(ana.id)).toBe(true);
  await thread.members.remove(ana.id);
  expect((await thread.setArchived(true)).archived).toBe(true);
  await guild.members.ban(ana.id, { deleteMessageSeconds: 60, reason: 'a reason' });
  expect((await guild.bans.fetch()).first()?.reason).toBe('a reason');
  await guild.bans.remove(ana.id);
  expect((await guild.fetchAuditLogs({ limit: 50 })).entries.size).toBeGreaterThan(20);
});

test('presence and voice status are set', async () => {
  const activities = [{ name: 'with the group', type: ActivityType.Playing }];
  client.user.setPresence({ activities, status: 'online' });
  await client.rest.put(`/channels/${voice.id}/voice-status`, { body: { status: 'Check-in' } });
  expect(sandbox.world.channels.get(voice.id)?.voiceStatus).toBe('Check-in');
});
