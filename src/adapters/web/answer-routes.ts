/** The routes of private pages: an address, what is sent from its page, and the stylesheet. No cookie is needed. */
import { readFileSync } from 'node:fs';
import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { look, send, type Visit } from './answer-desk.ts';
import { localeOf, type PageParts, pageScope, reply, tellUnknown, typedIn } from './page-scope.ts';
import { sessionToken, TOKEN } from './sign-in-routes.ts';

const STYLE = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** Several times what all fields of a page can hold; a group may share an address. */
const LIMITS = { mostSent: 128 * 1_024, aMinute: 240 };

interface Route {
  readonly Params: { readonly token: string };
  readonly Body: unknown;
}

const visitOf = (request: FastifyRequest<Route>, encrypted: boolean): Visit => ({
  token: request.params.token,
  locale: localeOf(request),
  session: sessionToken(request, encrypted),
});

/** The routes of private pages. */
export const answerRoutes = ({ desk, log, encrypted }: PageParts): FastifyPluginAsync =>
  pageScope(log, LIMITS, (server, options) => {
    server.get<Route>('/answer/:token', options, async (request, to) =>
      TOKEN.test(request.params.token)
        ? reply(to, await look(desk(), visitOf(request, encrypted)))
        : tellUnknown(request, to),
    );
    server.post<Route>('/answer/:token', options, async (request, to) =>
      TOKEN.test(request.params.token)
        ? reply(to, await send(desk(), visitOf(request, encrypted), typedIn(request.body)))
        : tellUnknown(request, to),
    );
    server.get('/style.css', (_request, to) => to.type('text/css; charset=utf-8').send(STYLE));
  });
