/**
 * People who may do anything change rooms and roles by hand, at random, a thousand times: every room is right again each
 * time, nobody else can see one for longer than it takes to put it right, and what that costs is counted.
 *
 * Left out is what shuts Hearth itself out of a room: no bot can undo that, and admins are told what is lacking. Bits that
 * Hearth does not hold it cannot take out of the overwrites of everybody and of itself: there they are not counted.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, person } from '../../sandbox/people.ts';
import { ALL, BITS, bitsOf, canView } from '../../sandbox/permissions.ts';
import type { Channel } from '../../sandbox/world.ts';
import { INVITED } from '../../src/adapters/discord/permissions.ts';
import type { Hearth } from '../../src/hearth.ts';
import { until } from '../adapters/jobs/until.ts';
import { makeGroup, sign } from '../journey/group.ts';
import { enter, type Stage, setStage } from '../journey/stage.ts';
import { diceOf } from './dice.ts';

const EDITS = Number(process.env['CHAOS_EDITS'] ?? 1_000);
const AT_ONCE = 20;
const seed = Number(process.env['CHAOS_SEED'] ?? 5);
const dice = diceOf(seed);
const one = <Value>(list: readonly Value[]): Value =>
  list[dice(list.length)] ?? expect.fail('nothing to choose from');

/** Without these Hearth could not put a room right. */
const HEARTHS = bitsOf(
  'VIEW_CHANNEL',
  'CONNECT',
  'SEND_MESSAGES',
  'READ_MESSAGE_HISTORY',
  'EMBED_LINKS',
  'MANAGE_CHANNELS',
  'MANAGE_ROLES',
  'ADMINISTRATOR',
);
const CHANGEABLE = INVITED & ~BITS.MANAGE_ROLES;
const NAMES = Object.values(BITS);

let stage: Stage;
let hearth: Hearth;
let owner: Person;
let cohortId = '';
const roles: string[] = [];

beforeAll(async () => {
  // What is counted here is calls, and not how long Discord makes a caller wait.
  stage = await setStage(['Lena', 'Tomas', 'Ana', 'Ben', 'Oskar', 'Pia'], { windowFactor: 0.001 });
  hearth = await enter(stage);
  await makeGroup(stage, { name: 'Tuesday', lead: 'Lena', coFacilitator: 'Tomas', enrolled: ['Ana', 'Ben'] });
  await sign(stage.who('Ana'));
  const { restUrl, gatewayUrl, people, guild } = stage.sandbox;
  const { token } = [...people.values()].find(({ id }) => id === guild.ownerId) ?? expect.fail('no owner');
  owner = await person({ restUrl, gatewayUrl, token });
  for (const name of ['One', 'Two', 'Three']) roles.push(stage.sandbox.addRole(name));
  await owner.rest(
    'PUT',
    `/guilds/${stage.sandbox.guild.id}/members/${stage.who('Pia').id}/roles/${roles[0]}`,
  );
  const [group] = await stage.records.cohorts.ofGuild(stage.sandbox.guild.id);
  cohortId = group?.id ?? expect.fail('there is no group');
}, 180_000);
afterAll(async () => {
  owner.close();
  await hearth.stop();
  await stage.strike();
});

interface Standing {
  readonly kind: string;
  readonly channel: Channel | undefined;
}

const standing = async (): Promise<readonly Standing[]> =>
  (await stage.records.roomRefs.ofCohort(cohortId)).map(({ kind, channelId }) => ({
    kind,
    channel: stage.sandbox.world.channels.get(channelId),
  }));

/** Everything of the rooms that is Hearth's to keep, with no id that changes when a room is made anew. */
const faceOf = async (): Promise<string> => {
  const rooms = await standing();
  const category = rooms.find(({ kind }) => kind === 'category')?.channel?.id;
  return rooms
    .map(({ kind, channel }) => {
      const { guild, bot } = stage.sandbox;
      const overwrites = [...(channel?.overwrites.values() ?? [])].map(({ id, allow, deny }) => {
        const counted = id === guild.id || id === bot.id ? CHANGEABLE : ALL;
        return `${id} ${allow & counted} ${deny & counted}`;
      });
      const placed = kind === 'category' || channel?.parentId === category;
      return `${kind}: ${channel?.name} ${channel?.userLimit} ${placed} ${overwrites.toSorted().join(', ')}`;
    })
    .toSorted()
    .join('\n');
};

/** Who could see a room and ought not to: Oskar and Pia belong to nothing. */
const strangersSee = async (): Promise<boolean> =>
  (await standing()).some(({ channel }) =>
    ['Oskar', 'Pia'].some((name) => channel && canView(stage.sandbox.world, channel, stage.who(name).id)),
  );

const randomBits = (): bigint =>
  NAMES.filter(() => dice(4) === 0).reduce((all, bit) => all | bit, 0n) & ALL & ~BITS.ADMINISTRATOR;

const rest: Person['rest'] = (...asked) => owner.rest(...asked);

const overwrite = (channel: Channel): Promise<unknown> => {
  const { guild, bot } = stage.sandbox;
  const people = ['Lena', 'Ana', 'Ben', 'Oskar', 'Pia'].map((name) => stage.who(name).id);
  const id = one([guild.id, bot.id, ...roles, ...people]);
  const ofRole = id === guild.id || roles.includes(id);
  const allow = randomBits() | (id === bot.id ? HEARTHS & ~BITS.ADMINISTRATOR : 0n);
  // A deny for everybody or for its own role would shut Hearth out.
  const deny = id === guild.id || id === bot.id ? 0n : randomBits() & ~allow;
  return rest('PUT', `/channels/${channel.id}/permissions/${id}`, {
    type: ofRole ? 0 : 1,
    allow: String(allow),
    deny: String(deny),
  });
};

const removeOverwrite = (channel: Channel): Promise<unknown> => {
  const others = [...channel.overwrites.keys()].filter((id) => id !== stage.sandbox.bot.id);
  return rest('DELETE', `/channels/${channel.id}/permissions/${one(others)}`);
};

const role = (): Promise<unknown> => {
  const path = `/guilds/${stage.sandbox.guild.id}`;
  switch (dice(3)) {
    case 0:
      return rest('PATCH', `${path}/roles/${one(roles)}`, { permissions: String(randomBits()) });
    case 1:
      return rest('PUT', `${path}/members/${stage.who(one(['Ana', 'Oskar', 'Pia'])).id}/roles/${one(roles)}`);
    default:
      return rest(
        'DELETE',
        `${path}/members/${stage.who(one(['Ana', 'Oskar', 'Pia'])).id}/roles/${one(roles)}`,
      );
  }
};

const EDIT: readonly (readonly [
  share: number,
  what: string,
  edit: (channel: Channel) => Promise<unknown>,
])[] = [
  [50, 'an overwrite set', overwrite],
  [15, 'an overwrite removed', removeOverwrite],
  [15, 'a role', role],
  [6, 'a name', ({ id }) => rest('PATCH', `/channels/${id}`, { name: `room-${dice(1_000)}` })],
  [
    5,
    'taken out of the category',
    ({ id, type }) => rest('PATCH', `/channels/${id}`, type === 4 ? { name: 'Other' } : { parent_id: null }),
  ],
  [4, 'an invitation', ({ id, type }) => (type === 4 ? role() : rest('POST', `/channels/${id}/invites`, {}))],
  [
    3,
    'seats',
    ({ id, type }) => rest('PATCH', `/channels/${id}`, type === 2 ? { user_limit: dice(99) } : { name: 'b' }),
  ],
  [2, 'a room deleted', ({ id }) => rest('DELETE', `/channels/${id}`)],
];
const SHARES = EDIT.flatMap(([share, what, edit]) => Array.from({ length: share }, () => ({ what, edit })));

/** A room may be gone, or an overwrite, by the time at which somebody comes to change it: then they change nothing. */
const editOnce = async (counts: Map<string, number>): Promise<void> => {
  const channels = (await standing()).flatMap(({ channel }) => channel ?? []);
  const { what, edit } = one(SHARES);
  try {
    await edit(one(channels));
    counts.set(what, (counts.get(what) ?? 0) + 1);
  } catch (cause) {
    const code: unknown = Reflect.get(Object(cause), 'code');
    if (![10003, 10009, 10011].includes(Number(code))) throw cause;
  }
};

it(`after ${EDITS} random edits by hand every room is right, each time within seconds`, async () => {
  const right = await faceOf();
  const counts = new Map<string, number>();
  const took: number[] = [];
  stage.sandbox.transcript.clear();
  for (let made = 0; made < EDITS; made += AT_ONCE) {
    for (let edit = 0; edit < Math.min(AT_ONCE, EDITS - made); edit += 1) await editOnce(counts);
    const since = performance.now();
    await until(
      `the rooms are right after ${made + AT_ONCE} edits (seed ${seed})`,
      async () => (await faceOf()) === right,
      60,
    );
    took.push(performance.now() - since);
    expect(await strangersSee()).toBe(false);
  }
  const { guild, world, bot, transcript } = stage.sandbox;
  const invites = () => [...(world.guilds.get(guild.id)?.invites.values() ?? [])].length;
  await until('no invitation leads into a room', () => invites() === 0, 60);
  const calls = transcript.countByRoute(bot.id);
  const changed = Object.entries(calls).filter(([route]) => !route.startsWith('GET'));
  const sum = (list: readonly (readonly [string, number])[]): number =>
    list.reduce((all, [, count]) => all + count, 0);
  const sorted = took.toSorted((a, b) => a - b);
  console.log(
    JSON.stringify({
      edits: Object.fromEntries(counts),
      rightAgainMs: {
        median: Math.round(sorted[sorted.length >> 1] ?? 0),
        most: Math.round(sorted.at(-1) ?? 0),
      },
      calls,
      changingCallsPerEdit: Number((sum(changed) / EDITS).toFixed(2)),
      callsPerEdit: Number((sum(Object.entries(calls)) / EDITS).toFixed(2)),
    }),
  );
}, 1_800_000);
