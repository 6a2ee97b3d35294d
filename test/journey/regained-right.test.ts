/** A right that Hearth lacks when somebody leaves the group: the rooms close as soon as it is given back. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { makeGroup, says, sign, told } from './group.ts';
import { ADMIN, enter, type Stage, setStage } from './stage.ts';

const MANAGE_ROLES = 1n << 28n;

let stage: Stage;
let hearth: Hearth;

const who = (name: string) => stage.who(name);

beforeAll(async () => {
  stage = await setStage(['Lena', 'Tomas', 'Ana']);
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana'] });
  await sign(who('Ana'));
});
afterAll(async () => {
  await hearth.stop();
  await stage.strike();
});

/** The admin sets what the bot's own role grants. */
const grant = async (change: (before: bigint) => bigint): Promise<void> => {
  const { world, guild, bot } = stage.sandbox;
  const roles = [...(world.guilds.get(guild.id)?.roles.values() ?? [])];
  const role = roles.find(({ botId }) => botId === bot.id) ?? expect.fail('the bot has no role');
  const permissions = change(role.permissions).toString();
  await who(ADMIN).rest('PATCH', `/guilds/${guild.id}/roles/${role.id}`, { permissions });
};

it('somebody who was discharged meanwhile is shut out without anybody asking again', async () => {
  await grant((before) => before & ~MANAGE_ROLES);
  says(
    await who(ADMIN).run('/cohort discharge', { cohort: 'Tuesday', person: who('Ana').id }),
    'Discharge this person?',
  );
  await who(ADMIN).press('Yes, discharge them');
  await until('the admin can learn what is lacking', async () =>
    told(await who(ADMIN).run('/cohort show', { cohort: 'Tuesday' })).includes('Manage Roles'),
  );
  expect(who('Ana').sees('group-room')).toBe(true);
  await grant((before) => before | MANAGE_ROLES);
  await until('the rooms close', () => !who('Ana').sees('group-room') && !who('Ana').sees('welcome'));
});
