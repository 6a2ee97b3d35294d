/** AutoMod rules in Discord become what they ought to be, for the rooms of a group and no other, whatever somebody does. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../sandbox/people.ts';
import { BITS } from '../../../sandbox/permissions.ts';
import { BOT_PERMISSIONS, type Sandbox } from '../../../sandbox/sandbox.ts';
import type { Discord } from '../../../src/adapters/discord/start.ts';
import * as words from '../../../src/words/en/auto-moderation.ts';
import { until } from '../jobs/until.ts';
import { callsOf, connectedSandbox, logIn } from './connected.ts';

const LIST = 'GET /guilds/:guild/auto-moderation/rules';
const POST = 'POST /guilds/:guild/auto-moderation/rules';
const INVITATION = 'Come to https://discord.gg/abcdef';

let sandbox: Sandbox;
let discord: Discord;
let admin: Person;
let ana: Person;
let touched = 0;
let inside: string;
let outside: string;

const guild = () => sandbox.world.guilds.get(sandbox.guild.id) ?? expect.fail();
const rules = () => [...guild().autoModeration.values()];
const path = () => `/guilds/${sandbox.guild.id}/auto-moderation/rules`;
const channel = async (name: string): Promise<string> => {
  // Discord's documented answer of this route.
  const made = (await admin.rest('POST', `/guilds/${sandbox.guild.id}/channels`, { name })) as { id: string };
  return made.id;
};

beforeAll(async () => {
  ({ sandbox, discord } = await connectedSandbox(
    {
      hooks: {
        moderationTouched: () => {
          touched += 1;
        },
      },
    },
    { botPermissions: BOT_PERMISSIONS | BITS.MANAGE_GUILD },
  ));
  admin = await logIn(sandbox, 'Ada', true);
  ana = await logIn(sandbox, 'Ana');
  inside = await channel('inside');
  outside = await channel('outside');
  await until('they are seen', () => ana.sees('inside') && ana.sees('outside'));
});
afterAll(async () => {
  admin.close();
  ana.close();
  await discord.stop();
  await sandbox.stop();
});
beforeEach(() => {
  guild().autoModeration.clear();
  sandbox.transcript.clear();
});

const bring = async (shownIn?: string) => {
  const rooms = { channelIds: [inside], ...(shownIn !== undefined && { shownIn }) };
  return discord.autoModeration.bring(sandbox.guild.id, rooms, words);
};

describe('rules for the rooms of a group', () => {
  it('are three, and hold in these rooms and in no other', async () => {
    expect(await bring()).toEqual({ did: 'done', value: [] });
    expect(rules().map(({ name }) => name)).toEqual([
      words.names.invitations,
      words.names.mentions,
      words.names.insults,
    ]);
    for (const { exemptChannels, actions } of rules()) {
      expect(exemptChannels).toContain(outside);
      expect(exemptChannels).not.toContain(inside);
      expect(actions.map(({ type }) => type)).toEqual([1]);
    }
    await expect(ana.say('inside', INVITATION)).rejects.toThrow();
    await ana.say('inside', 'I met a friend today');
    await ana.say('outside', INVITATION);
  });

  it('cost one call when nothing differs', async () => {
    await bring();
    sandbox.transcript.clear();
    await bring();
    expect(callsOf(sandbox)).toEqual({ [LIST]: 1 });
  });

  it('are put right when somebody changes, deletes or doubles them by hand', async () => {
    await bring();
    const [invitations, mentions] = rules();
    if (!invitations || !mentions) throw new Error('no rules stand');
    guild().autoModeration.set(invitations.id, { ...invitations, enabled: false, exemptChannels: [inside] });
    guild().autoModeration.delete(mentions.id);
    const insults = rules().find(({ triggerType }) => triggerType === 4);
    if (insults) guild().autoModeration.set('9', { ...insults, id: '9' });
    await bring();
    expect(
      rules()
        .map(({ triggerType, enabled }) => [triggerType, enabled])
        .toSorted(),
    ).toEqual([
      [1, true],
      [4, true],
      [5, true],
    ]);
    expect(rules().every(({ exemptChannels }) => !exemptChannels.includes(inside))).toBe(true);
  });

  it('leave those of the server alone, and leave to them what Discord takes once only', async () => {
    const own = {
      ...{ name: 'Our own', event_type: 1, trigger_type: 5, enabled: true },
      ...{ trigger_metadata: { mention_total_limit: 3 }, actions: [{ type: 1 }] },
    };
    await admin.rest('POST', path(), own);
    expect(await bring()).toEqual({ did: 'done', value: ['mentions'] });
    expect(rules().find(({ triggerType }) => triggerType === 5)).toMatchObject({ name: 'Our own' });
    await discord.autoModeration.bring(sandbox.guild.id, undefined, words);
    expect(rules().map(({ name }) => name)).toEqual(['Our own']);
  });

  it('show staff what was stopped only where that is asked for', async () => {
    await bring(outside);
    await expect(ana.say('inside', INVITATION)).rejects.toThrow();
    await until('it is shown', async () => (await admin.read('outside'))[0]?.type === 24);
    await bring();
    expect(rules().every(({ actions }) => actions.every(({ type }) => type === 1))).toBe(true);
  });

  it('are made at no time twice, also when an answer was lost', async () => {
    sandbox.faults.serverError({ who: sandbox.bot.id, route: POST, moment: 'after', times: 1 });
    await expect(bring()).rejects.toThrow();
    await bring();
    expect(rules()).toHaveLength(3);
  });

  it('are looked at again when a room is made, or somebody changes a rule', async () => {
    const before = touched;
    await channel('another');
    await until('it is told', () => touched > before);
    await bring();
    const after = touched;
    await admin.rest('DELETE', `${path()}/${rules()[0]?.id}`);
    await until('it is told', () => touched > after);
  });

  it('are none where more rooms stand than Discord lets be exempt', async () => {
    await bring();
    for (let made = 0; made < 51; made += 1) await channel(`crowd-${made}`);
    const prospect = await discord.autoModeration.prospect(sandbox.guild.id, [inside]);
    expect(prospect?.otherRooms).toBeGreaterThan(50);
    await bring();
    expect(rules()).toEqual([]);
  });
});

describe('without Manage Server', () => {
  it('nothing is tried, and the right that is missing is told', async () => {
    const without = await connectedSandbox();
    const { id } = without.sandbox.guild;
    without.sandbox.transcript.clear();
    const rooms = { channelIds: ['1'] };
    expect(await without.discord.autoModeration.bring(id, rooms, words)).toEqual({
      did: 'forbidden',
      missing: ['Manage Server'],
    });
    expect((await without.discord.autoModeration.prospect(id, ['1']))?.missing).toEqual(['Manage Server']);
    expect(callsOf(without.sandbox)).toEqual({});
    await without.discord.stop();
    await without.sandbox.stop();
  });
});
