/** Keeps how a person's client starts an interaction: by a command, a component or a form. */
import { requireIn, visibleChannel } from '../access.ts';
import { type PressBody, type RunBody, readStart, type SubmitBody } from '../check/interaction.ts';
import { invalid, refuse } from '../errors.ts';
import { BITS } from '../permissions.ts';
import { type Call, noContent, type Route } from '../rest/route.ts';
import { shapeUser } from '../shape/user.ts';
import { openInteraction } from './ledger.ts';
import { ownersOf, payloadOf } from './payload.ts';
import { press } from './press.ts';
import type { Place } from './resolve.ts';
import { run } from './run.ts';
import type { Started } from './started.ts';
import { submit } from './submit.ts';

type StartBody = RunBody | PressBody | SubmitBody;

const placeOf = (call: Call, body: StartBody): Place => {
  const channel = visibleChannel(call, body.channel_id);
  if ((body.guild_id ?? null) !== channel.guildId)
    throw invalid(['guild_id'], 'GUILD_MISMATCH', 'The channel is not in this guild.');
  const bot = call.world.users.get(body.application_id);
  const guild = call.world.guilds.get(channel.guildId ?? '') ?? null;
  if (!bot || !call.world.applications.has(bot.id)) throw refuse('unknownApplication');
  const isBotHere = guild ? guild.members.has(bot.id) : channel.recipients.includes(bot.id);
  if (!isBotHere) throw refuse('unknownApplication');
  return { world: call.world, channel, guild, person: call.actor, bot };
};

const requireSession = (call: Call, body: StartBody): void => {
  if (call.world.sessions.get(body.session_id)?.userId !== call.actor.id)
    throw invalid(['session_id'], 'SESSION_UNKNOWN', 'No gateway session of yours has this id.');
};

/** Who is timed out can press nothing either. */
const requireNoTimeout = ({ world, guild, person }: Place): void => {
  const until = guild?.members.get(person.id)?.timeoutUntil ?? 0;
  if (until > world.clock.now()) throw refuse('missingPermissions');
};

const read = (call: Call, place: Place, body: StartBody): Started => {
  if (body.type !== 2 && call.files.length > 0)
    throw invalid(['data', 'attachments'], 'ATTACHMENT_NOT_FOUND', 'Only a command takes files.');
  if (body.type === 3) return press(place, body);
  if (body.type === 5) return submit(place, body);
  // Where nobody may write, Discord takes no commands either; buttons still work.
  requireIn(call, place.channel, BITS.USE_APPLICATION_COMMANDS | BITS.SEND_MESSAGES);
  return run(place, body, call.files);
};

const start = (call: Call) => {
  const body = readStart(call.body);
  requireSession(call, body);
  const place = placeOf(call, body);
  requireNoTimeout(place);
  const { origin, data, message, metadata } = read(call, place, body);
  const id = call.world.newId();
  const interaction = openInteraction(call.world, {
    id,
    applicationId: place.bot.id,
    userId: place.person.id,
    guildId: place.guild?.id ?? null,
    channelId: place.channel.id,
    nonce: body.nonce ?? null,
    origin,
    metadata: metadata({
      id,
      user: shapeUser(place.person),
      authorizing_integration_owners: ownersOf(place),
    }),
  });
  call.world.emit({
    type: 'INTERACTION_CREATE',
    to: { users: [place.bot.id] },
    data: payloadOf(place, interaction, data, message),
  });
  return noContent();
};

/** The route by which people's clients start interactions. */
export const startRoutes: Route[] = [
  {
    method: 'POST',
    path: '/interactions',
    limit: { requests: 50, windowMs: 1000 },
    only: 'people',
    outsideGlobal: true,
    handle: start,
  },
];
