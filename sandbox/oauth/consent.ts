/** Keeps the page on which somebody says who they are, and whether an application may know it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiError } from '../errors.ts';
import { addressOf } from '../request-address.ts';
import { readBody } from '../rest/request-body.ts';
import type { User, World } from '../world.ts';
import { denied, granted, readWish, type Wish } from './authorization.ts';

/** Where applications send people. */
const PATH = '/api/oauth2/authorize';

/** Whether the page is asked for, or sent. */
export const isConsent = (incoming: IncomingMessage): boolean => addressOf(incoming).pathname === PATH;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? '');

const framed = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title></head>
<body><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>
`;

const people = (world: World): readonly User[] => [...world.users.values()].filter(({ bot }) => !bot);

const choice = ({ id, username, globalName }: User): string =>
  `<p><label><input type="radio" name="account" value="${id}" required> ${escaped(globalName ?? username)}</label></p>`;

const asking = (world: World, { application, scopes }: Wish): string =>
  framed(
    `${application.name} wants to know who you are`,
    `<p>It is told: ${scopes.join(', ')}.</p>
<form method="post">
<fieldset><legend>Who are you?</legend>
${people(world).map(choice).join('\n')}
</fieldset>
<button name="decision" value="authorize">Authorize</button>
<button name="decision" value="cancel" formnovalidate>Cancel</button>
</form>`,
  );

const html = (response: ServerResponse, status: number, page: string): void =>
  void response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8' }).end(page);

const goTo = (response: ServerResponse, location: string): void =>
  void response.writeHead(302, { Location: location }).end();

const decided = async (world: World, wish: Wish, incoming: IncomingMessage): Promise<string | undefined> => {
  const { body } = await readBody(incoming, true);
  const { account, decision } = Object(body);
  if (decision === 'cancel') return denied(wish);
  const user = people(world).find(({ id }) => id === account);
  return decision === 'authorize' && user ? granted(world, wish, user.id) : undefined;
};

const answer = async (world: World, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const wish = readWish(world, addressOf(incoming).searchParams);
  if ('location' in wish) return goTo(response, wish.location);
  const location = incoming.method === 'POST' ? await decided(world, wish, incoming) : undefined;
  return location === undefined ? html(response, 200, asking(world, wish)) : goTo(response, location);
};

/** Answers it: with the page, or by sending back to the application. What cannot be told to that is told here. */
export const serveConsent = async (
  world: World,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    await answer(world, incoming, response);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const told = error.errors === undefined ? '' : `<pre>${escaped(JSON.stringify(error.errors))}</pre>`;
    html(response, error.status, framed(error.message, told));
  }
};
