/** What an admin is told about who gets into the rooms: everybody and why, in plain words, and nobody else is told. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Reply } from '../../src/command.ts';
import type { Cohort } from '../../src/core/cohort.ts';
import type { AuditedRoom, RoomAccess, RoomsAudit } from '../../src/core/room-access.ts';
import { type Asker, askerOf, readable } from '../world/asking.ts';
import { ADMIN, ANA, BEN, CO_FACILITATOR, GUILD, LEAD } from '../world/cast.ts';
import { type TestWorld, testWorld } from '../world.ts';

const OWNER = '100000000000000090';
const ROBOT = '100000000000000091';

let world: TestWorld;
let people: Asker;
let cohort: Cohort;

const owner: RoomAccess = {
  who: { kind: 'person', account: OWNER },
  may: ['see', 'write', 'moderate', 'manage', 'bypass'],
  leaks: ['apps'],
  why: [{ by: 'owner' }],
};
const lead: RoomAccess = {
  who: { kind: 'person', account: LEAD },
  may: ['see', 'write', 'moderate'],
  leaks: [],
  why: [{ by: 'named' }],
};
const hearth: RoomAccess = {
  who: { kind: 'hearth' },
  may: ['see', 'write', 'manage'],
  leaks: [],
  why: [{ by: 'named' }],
};

const staffRoom = (...access: readonly RoomAccess[]): AuditedRoom => ({
  kind: 'staff',
  channelId: '300000000000000001',
  access,
  invitations: 0,
  threads: 0,
});

const GOOD: RoomsAudit = {
  rooms: [staffRoom(owner, hearth, lead)],
  hearth: { administrator: false, missing: [], more: [] },
  risks: [],
};

beforeAll(async () => {
  world = await testWorld();
  people = askerOf(world, commands);
  const given = { name: 'Willow', type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR };
  await people.read(ADMIN, 'cohort create', { given });
  await world.settle();
  [cohort] = (await world.store.records.cohorts.ofGuild(GUILD)) as [Cohort];
});
afterAll(() => world.close());
beforeEach(() => {
  world.discord.audit = GOOD;
});

const group = (given: object = {}) => people.read(ADMIN, 'doctor', { given: { cohort: 'willow', ...given } });
const table = async (): Promise<string> => {
  const reply: Reply = await people.ask(ADMIN, 'doctor', { given: { cohort: 'Willow' } });
  return reply.kind === 'tell' ? (reply.file?.content ?? '') : '';
};

describe('the list of groups', () => {
  it('tells that all is as it ought to be, and who cannot be kept out all the same', async () => {
    const card = await people.read(ADMIN, 'doctor');
    expect(readable(card)).toContain('**Willow**: 1 room, as they ought to be');
    expect(readable(card)).toContain(`<@${OWNER}>: owns this server`);
    expect(readable(card)).toContain('Hearth does not have Administrator, and does not need it');
    expect(card.tone).toBe('calm');
  });

  it('warns when Hearth has Administrator, has too much or lacks something, and tells the risks of the server', async () => {
    world.discord.audit = {
      ...GOOD,
      hearth: { administrator: true, missing: ['Use Soundboard'], more: ['Ban Members'] },
      risks: ['no-two-factor', 'discoverable'],
    };
    const card = await people.read(ADMIN, 'doctor');
    expect(readable(card)).toContain('please take it away, and it keeps working');
    expect(readable(card)).toContain('lacks what it needs: Use Soundboard');
    expect(readable(card)).toContain('more than it needs: Ban Members');
    expect(readable(card)).toContain('second factor');
    expect(readable(card)).toContain('Discovery');
    expect(card.tone).toBe('attention');
  });

  it('leads to each group', async () => {
    const [button] = (await people.read(ADMIN, 'doctor')).actions?.flat() ?? [];
    if (!button) throw new Error('there is no button');
    const reply = await people.press(ADMIN, button);
    expect(reply.kind === 'tell' && reply.card.title).toBe('Who gets into the rooms of Willow');
  });

  it('shows a group that has ended while its rooms stand, and changes nothing in it', async () => {
    const given = { name: 'Rowan', type: 'support', lead: LEAD, 'co-facilitator': CO_FACILITATOR };
    await people.read(ADMIN, 'cohort create', { given });
    await world.settle();
    await people.read(ADMIN, 'cohort archive', { given: { cohort: 'Rowan', sure: 'yes' } });
    await world.settle();
    // Whoever led it may still read what was said there.
    world.discord.audit = { ...GOOD, rooms: [staffRoom(owner, hearth, { ...lead, may: ['see'] })] };
    const text = readable(await people.read(ADMIN, 'doctor'));
    expect(text).toContain('**Rowan**, which has ended: 1 room, as they ought to be');
    expect(text.indexOf('Willow')).toBeLessThan(text.indexOf('Rowan'));
    const shown = readable(await people.read(ADMIN, 'doctor', { given: { cohort: 'rowan' } }));
    expect(shown).toContain('This group has ended');
    expect(shown).toContain(`<@${LEAD}> can see it`);
    expect(await world.jobs()).toEqual([]);
    world.discord.audit = { ...GOOD, rooms: [] };
    expect(readable(await people.read(ADMIN, 'doctor'))).not.toContain('Rowan');
  });

  it('is for admins alone', async () => {
    for (const account of [LEAD, CO_FACILITATOR, ANA]) {
      expect(readable(await people.read(account, 'doctor'))).not.toContain('Willow');
      expect(readable(await people.read(account, 'doctor', { given: { cohort: cohort.id } }))).not.toContain(
        'Who',
      );
    }
  });

  it('knows no group of another server', async () => {
    const card = await people.read(ADMIN, 'doctor', { given: { cohort: 'Elsewhere' } });
    expect(readable(card)).toContain('No group of yours was found');
  });
});

it('what the invitation asks for and the server does not give is told with the group, too', async () => {
  const shown = () => people.read(ADMIN, 'cohort show', { given: { cohort: 'Willow' } });
  expect(readable(await shown())).not.toContain('does not give Hearth');
  world.discord.audit = { ...GOOD, hearth: { ...GOOD.hearth, missing: ['Use Soundboard'] } };
  expect(readable(await shown())).toContain('This server does not give Hearth Use Soundboard');
  expect((await shown()).tone).toBe('attention');
});

describe('one group', () => {
  it('tells of each room who can do what, and why', async () => {
    const text = readable(await group());
    expect(text).toContain('**<#300000000000000001>**, the staff room');
    expect(text).toContain(`<@${LEAD}> can see it, write, and moderate: is named in the room.`);
    expect(text).toContain('Hearth itself can see it, write, and change the room');
    expect(text).not.toContain('ought not to be');
  });

  it('tells what ought not to be, and what Hearth cannot change', async () => {
    world.discord.audit = {
      ...GOOD,
      rooms: [
        staffRoom(
          owner,
          lead,
          { who: { kind: 'everyone' }, may: ['see'], leaks: ['apps'], why: [{ by: 'everyone' }] },
          { who: { kind: 'person', account: BEN }, may: ['see'], leaks: [], why: [{ by: 'named' }] },
          {
            who: { kind: 'role', id: '1', name: 'Office_@everyone', bearers: 3 },
            may: ['see', 'bypass'],
            leaks: [],
            why: [{ by: 'administrator', role: 'Office_@everyone' }],
          },
          {
            who: { kind: 'bot', account: ROBOT, name: 'Recorder' },
            may: ['see'],
            leaks: [],
            why: [{ by: 'role-here', role: 'Recorder' }],
          },
        ),
      ],
    };
    const card = await group();
    const text = readable(card);
    expect(text).toContain('**Everybody on this server** can see it and use apps of their own there');
    expect(text).toContain(`<@${BEN}> can see it: is named in the room. ❗ That ought not to be`);
    expect(text).toContain(`The bot <@${ROBOT}> can see it: the role was let into the room. ❗`);
    expect(text).toMatch(/The role Office.*\(3 people\): the role Office.* has Administrator/);
    expect(text).not.toContain('@everyone (');
    expect(card.tone).toBe('attention');
  });

  it('does not promise to take away a right that Hearth does not hold', async () => {
    const why = [{ by: 'named' }, { by: 'not-held' }] as const;
    const may = [...lead.may, 'manage'] as const;
    world.discord.audit = { ...GOOD, rooms: [staffRoom(owner, hearth, { ...lead, may, why })] };
    const text = readable(await group());
    expect(text).toContain('cannot take away: please do it by hand. ⚠️ Hearth cannot change that.');
    expect(text).not.toContain('Hearth puts it right');
  });

  it('tells of invitations, threads and webhooks that lead into it', async () => {
    world.discord.audit = {
      ...GOOD,
      rooms: [{ ...staffRoom(owner), invitations: 2, threads: 1, webhooks: 1 }],
    };
    const text = readable(await group());
    expect(text).toContain('2 invitations lead into it');
    expect(text).toContain('1 thread stands open in it');
    expect(text).toContain('1 webhook writes into it');
  });

  it('is told on as many pages as it needs, and every line once', async () => {
    const rooms = Array.from({ length: 60 }, (_, number) => ({
      ...staffRoom(owner, lead),
      number: number + 1,
    }));
    world.discord.audit = { ...GOOD, rooms };
    let card = await group();
    const texts = [card.text];
    for (let next = card.actions?.flat().find(({ label }) => label === 'Next'); next && !next.disabled; ) {
      const reply = await people.press(ADMIN, next);
      if (reply.kind !== 'tell') throw new Error('no page');
      card = reply.card;
      texts.push(card.text);
      next = card.actions?.flat().find(({ label }) => label === 'Next');
    }
    expect(texts.length).toBeGreaterThan(1);
    expect(texts.every(({ length }) => length <= 4_096)).toBe(true);
    expect(texts.join('\n').match(/the staff room \d+/g)).toHaveLength(60);
    expect(readable(await group({ page: '99' }))).toContain('the staff room 60');
  });

  it('is enclosed as a table, a line for everybody', async () => {
    const lines = (await table()).trim().split('\r\n');
    expect(lines).toHaveLength(4);
    expect(lines[1]).toBe(
      `Willow,staff,,300000000000000001,person,${OWNER},,,see write moderate manage bypass,apps,owner,beyond`,
    );
    expect(lines[3]).toMatch(/named,expected$/);
  });
});
