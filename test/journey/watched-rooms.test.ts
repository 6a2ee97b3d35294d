/** What people do to rooms by hand, and what comes of it within seconds: all is put right, or told to the staff. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { textOf } from '../../sandbox/people/reading.ts';
import { person } from '../../sandbox/people.ts';
import { BITS, bitsOf } from '../../sandbox/permissions.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { makeGroup, sign, told } from './group.ts';
import { ADMIN, enter, type Stage, setStage } from './stage.ts';

let stage: Stage;
let hearth: Hearth;

const who = (name: string) => stage.who(name);

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Oskar']);
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
  await sign(who('Ana'));
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

const roomOf = (name: string): string => {
  const found = who('Lena')
    .rooms()
    .find((room) => room.name === name);
  return found?.id ?? expect.fail(`Lena does not see ${name}`);
};
const staffRead = (): string => who('Lena').messagesIn('staff-room').map(textOf).join('\n');

it('somebody let in by hand is out within seconds, and the staff are told', async () => {
  const allow = String(bitsOf('VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'));
  const room = roomOf('group-room');
  await who(ADMIN).rest('PUT', `/channels/${room}/permissions/${who('Oskar').id}`, {
    type: 1,
    allow,
    deny: '0',
  });
  await until('he sees it', () => who('Oskar').sees(room));
  await until('he is out again', () => !who('Oskar').sees(room), 10);
  await until(
    'the staff are told',
    () => staffRead().includes('put them right: who may do what in a room'),
    40,
  );
});

it('a role with Administrator is told to the staff, and an invitation is taken away', async () => {
  const role = stage.sandbox.addRole('Office', { permissions: BITS.ADMINISTRATOR });
  stage.sandbox.addPerson('Nora', { roles: [role] });
  await who(ADMIN).rest('POST', `/channels/${roomOf('group-room')}/invites`, {});
  await until('the staff are told', () => staffRead().includes('The role Office has Administrator'), 20);
  const { invites } = stage.sandbox.world.guilds.get(stage.sandbox.guild.id) ?? expect.fail('no guild');
  await until('the invitation is gone', () => invites.size === 0, 20);
  expect(staffRead().match(/The role Office/g)).toHaveLength(1);
});

it('whoever is given a role that gets in everywhere is told of within seconds, where Hearth may view the audit log', async () => {
  const { guild, world, bot } = stage.sandbox;
  const { roles } = world.guilds.get(guild.id) ?? expect.fail('no guild');
  const own = [...roles.values()].find(({ botId }) => botId === bot.id) ?? expect.fail('the bot has no role');
  const role = stage.sandbox.addRole('Keepers', { permissions: BITS.ADMINISTRATOR });
  // Whoever gives a role stands above it.
  const board = stage.sandbox.addRole('Board', { permissions: BITS.ADMINISTRATOR });
  const { restUrl, gatewayUrl } = stage.sandbox;
  const { token } = stage.sandbox.addPerson('Rosa', { roles: [board] });
  const rosa = await person({ restUrl, gatewayUrl, token });
  await who(ADMIN).rest('PATCH', `/guilds/${guild.id}/roles/${own.id}`, {
    permissions: String(own.permissions | BITS.VIEW_AUDIT_LOG),
  });
  // What these changes of roles have looked at is over before anybody bears the role.
  await sleep(4_000);
  expect(staffRead()).not.toContain('The role Keepers');
  await rosa.rest('PUT', `/guilds/${guild.id}/members/${who('Oskar').id}/roles/${role}`, undefined);
  await until('the staff are told', () => staffRead().includes('The role Keepers has Administrator'), 20);
  expect(told(await who(ADMIN).run('/doctor'))).not.toContain('View Audit Log');
  await rosa.rest('DELETE', `/guilds/${guild.id}/members/${who('Oskar').id}/roles/${role}`, undefined);
  rosa.close();
});

it('the admin reads who gets in, room by room, with a table', async () => {
  const all = told(await who(ADMIN).run('/doctor'));
  expect(all).toContain('The role Admin (1 person): the role Admin has Administrator');
  expect(all).toContain('**Tuesday**: 5 rooms, as they ought to be');
  const pressed = await who(ADMIN).press('Look at Tuesday');
  const page = pressed.is === 'change' ? textOf(pressed.message) : told(pressed);
  expect(page).toContain(`<@${who('Ana').id}> can see it and write: is named in the room.`);
  // Discord offers it to nobody else, and Hearth would refuse it.
  expect(await who('Lena').run('/doctor')).toMatchObject({ is: 'failure', code: 50013 });
});
