/** Keeps what a bot may do with an interaction's token once it has answered: read, edit and remove, and say more. */
import { removeMessage } from '../changes/messages.ts';
import { refuse } from '../errors.ts';
import { noContent, type OpenCall, ok, type Route } from '../rest/route.ts';
import { shapeMessage } from '../shape/message.ts';
import type { Message } from '../world.ts';
import { type Interaction, ledgerOf, TOKEN_LIVES } from './ledger.ts';
import { edit, messageOf, reply } from './replies.ts';

/** The interaction of the path's token, if it was acknowledged and is no older than 15 minutes. */
const theInteraction = (call: OpenCall): Interaction => {
  const applicationId = call.param('application');
  if (!call.world.applications.has(applicationId)) throw refuse('unknownWebhook');
  const it = ledgerOf(call.world).interactions.get(call.param('token'));
  if (!it || it.applicationId !== applicationId || call.now - it.at > TOKEN_LIVES)
    throw refuse('invalidWebhookToken');
  if (it.progress.is === 'waiting' || it.progress.is === 'lapsed') throw refuse('unknownWebhook');
  return it;
};

const originalOf = (call: OpenCall, it: Interaction): Message =>
  messageOf(call.world, it, 'originalId' in it.progress ? it.progress.originalId : null);

/** The message that the path names: the original, or one that this very token made. */
const theMessage = (call: OpenCall, it: Interaction): Message => {
  const id = call.param('message');
  if (id === '@original') return originalOf(call, it);
  if (!it.messages.has(id)) throw refuse('unknownMessage');
  return messageOf(call.world, it, id);
};

const editMessage = (call: OpenCall, it: Interaction, message: Message) => {
  const edited = edit(call, message, call.body);
  if (it.progress.is === 'loading' && it.progress.originalId === message.id)
    it.progress = { is: 'answered', originalId: message.id };
  return ok(shapeMessage(call.world, edited));
};

/** The first follow-up after a deferred answer completes that answer, as Discord still does. */
const followUp = (call: OpenCall) => {
  const it = theInteraction(call);
  if (it.progress.is === 'loading') return complete(call, it);
  return ok(shapeMessage(call.world, reply(call, it, call.body)));
};

const complete = (call: OpenCall, it: Interaction) => {
  const { flags, ...body } = Object(call.body);
  const kept = typeof flags === 'number' ? { ...body, flags: flags & ~EPHEMERAL } : body;
  return editMessage({ ...call, body: kept }, it, originalOf(call, it));
};
const EPHEMERAL = 1 << 6;

const ownerOf: NonNullable<Extract<Route, { open: true }>['ownerOf']> = (_, { application }) => application;

type Act = (call: OpenCall, it: Interaction, message: Message) => ReturnType<typeof ok>;

const show: Act = (call, _, message) => ok(shapeMessage(call.world, message));

const remove: Act = (call, _, message) => {
  removeMessage(call.world, message);
  return noContent();
};

const WEBHOOK = '/webhooks/:application/:token';

const onMessage = (method: Route['method'], act: Act): Route => ({
  method,
  path: `${WEBHOOK}/messages/:message`,
  query: ['with_components'],
  open: true,
  outsideGlobal: true,
  ownerOf,
  handle: (call: OpenCall) => {
    const it = theInteraction(call);
    return act(call, it, theMessage(call, it));
  },
});

/** The routes of an interaction's webhook. */
export const followUpRoutes: Route[] = [
  {
    method: 'POST',
    path: WEBHOOK,
    query: ['wait', 'with_components'],
    limit: { requests: 5, windowMs: 2000 },
    open: true,
    outsideGlobal: true,
    ownerOf,
    handle: followUp,
  },
  onMessage('GET', show),
  onMessage('PATCH', editMessage),
  onMessage('DELETE', remove),
];
