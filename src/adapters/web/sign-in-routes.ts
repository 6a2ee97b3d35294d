/**
 * How staff sign in on pages: to Discord and back, a code of their own device, and on to the page that they came for.
 *
 *   /sign-in/<secret of the page> ─> Discord ─> /sign-in/back ─> the code, with a picture the first time ─> the page
 *
 * Two cookies, of this server alone: one for the way to Discord and back, one that says who is signed in.
 */
import { createHash } from 'node:crypto';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { html } from 'ghtml';
import { renderSVG } from 'uqr';
import { beginSignIn, confirmSignIn, sessionOf } from '../../app/sign-in.ts';
import { findFormLink } from '../../app/use-form-link.ts';
import { LONGEST } from '../../core/staff-session.ts';
import { MINUTE, SECOND } from '../../core/time.ts';
import { type PageWords, pageWordsFor } from '../../words/pages.ts';
import type { Desk } from './answer-desk.ts';
import { noticePage, type Page, page } from './page.ts';
import { localeOf, type PageParts, pageScope, reply, tellUnknown } from './page-scope.ts';

/** Two short fields; how often one person may try a code is counted for them. */
const LIMITS = { mostSent: 4_096, aMinute: 60 };

/** The secret part of an address: 32 bytes in base64url. */
export const TOKEN = /^[\w-]{43}$/;

const FORBIDDEN = 403;
const REFUSED = 409;
const UNAVAILABLE = 503;

/** Off this machine only what came by HTTPS bears the prefix that no other site may set. */
const names = (encrypted: boolean) => ({
  session: encrypted ? '__Host-hearth' : 'hearth',
  way: encrypted ? '__Host-hearth-way' : 'hearth-way',
});

/** What the browser holds that may be signed in. */
export const sessionToken = ({ cookies }: FastifyRequest, encrypted: boolean): string | undefined =>
  cookies[names(encrypted).session];

const kept = (encrypted: boolean, ms: number) => ({
  ...{ httpOnly: true, secure: encrypted, sameSite: 'lax' as const, path: '/' },
  maxAge: Math.floor(ms / SECOND),
});

/** The proof key of the way: what Discord is told of it first. */
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

interface Asked {
  readonly words: PageWords;
  readonly to: string;
  readonly secret?: string | undefined;
  readonly picture?: string | undefined;
  readonly said?: string | undefined;
}

/** A picture that an app reads, with its colours in its own markup: it is dark on light in every scheme. */
const enrolment = ({ words, secret, picture }: Asked): string =>
  secret === undefined || picture === undefined
    ? ''
    : html`!${words.enrol.paragraphs.map((each) => html`<p>${each}</p>`)}
<figure class="picture" role="img" aria-label="QR">!${picture}</figure>
<p>${words.secretIs}: <code>${secret}</code></p>`;

const codePage = (asked: Asked): Page => {
  const { words, to, secret, said } = asked;
  const { title } = secret === undefined ? words.signIn : words.enrol;
  return page({
    words,
    title,
    status: said === undefined ? 200 : REFUSED,
    body: html`!${said === undefined ? '' : html`<div class="summary" role="alert"><p>${said}</p></div>`}
<h1>${title}</h1>
!${enrolment(asked)}
<form method="post" action="code" autocomplete="off">
<input type="hidden" name="to" value="${to}">
<div class="field"><label for="f-code">${words.code}</label><p class="hint" id="f-code-hint">${words.codeHint}</p>
<input type="text" id="f-code" name="code" maxlength="20" autocomplete="one-time-code" aria-describedby="f-code-hint"></div>
<button>${words.send}</button>
</form>`,
  });
};

const recoveryPage = (words: PageWords, codes: readonly string[], to: string): Page =>
  page({
    words,
    title: words.recovery.title,
    body: html`<h1>${words.recovery.title}</h1>
!${words.recovery.paragraphs.map((each) => html`<p>${each}</p>`)}
<ul>!${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p><a class="button" href="../answer/${to}">${words.goOn}</a></p>`,
  });

const pictureOf = ({ world }: Desk, secret: string, account: string): string =>
  renderSVG(world.codes.address(secret, account));

interface Came {
  readonly desk: Desk;
  readonly request: FastifyRequest;
  readonly to: FastifyReply;
  readonly encrypted: boolean;
}

const leave = async ({ desk, request, to, encrypted }: Came, token: string): Promise<FastifyReply> => {
  const words = pageWordsFor(localeOf(request));
  const { secrets, discordSignIn } = desk.world;
  const [state, verifier] = [secrets.make(), secrets.make()];
  const address = await discordSignIn.address(state, challengeOf(verifier));
  if (address === undefined) return reply(to, noticePage(words, words.noSignIn, UNAVAILABLE));
  to.setCookie(names(encrypted).way, `${state}.${verifier}.${token}`, kept(encrypted, 10 * MINUTE));
  return to.redirect(address);
};

interface Back {
  readonly code?: string;
  readonly state?: string;
}

const comeBack = async (came: Came, { code, state }: Back): Promise<FastifyReply> => {
  const { desk, request, to, encrypted } = came;
  const words = pageWordsFor(localeOf(request));
  const { session, way } = names(encrypted);
  const [expected, verifier = '', token = ''] = (request.cookies[way] ?? '').split('.');
  to.clearCookie(way, { path: '/' });
  const isOurs = expected !== '' && expected === state && TOKEN.test(token);
  const account =
    isOurs && code !== undefined ? await desk.world.discordSignIn.account(code, verifier) : undefined;
  const found = account === undefined ? undefined : await findFormLink(desk.world, token);
  // Only whoever was given the page signs in for it: nothing is kept of anybody else.
  const isTheirs = account !== undefined && found?.link.person.account === account;
  const begun = isTheirs ? await beginSignIn(desk.world, account) : undefined;
  if (!begun?.ok) return reply(to, noticePage(words, words.signInFailed, FORBIDDEN));
  const { secret, token: held } = begun.value;
  to.setCookie(session, held, kept(encrypted, LONGEST));
  const picture = secret === undefined ? undefined : pictureOf(desk, secret, account ?? '');
  return reply(to, codePage({ words, to: token, secret, picture }));
};

const prove = async (came: Came, body: Readonly<Record<string, unknown>>): Promise<FastifyReply> => {
  const { desk, request, to, encrypted } = came;
  const words = pageWordsFor(localeOf(request));
  const token = String(body['to'] ?? '');
  if (!TOKEN.test(token)) return reply(to, noticePage(words, words.signInFailed, FORBIDDEN));
  const held = sessionToken(request, encrypted);
  const done = await confirmSignIn(desk.world, held, String(body['code'] ?? ''));
  if (!done.ok) {
    if (done.refusal.code === 'not-signed-in') {
      return reply(to, noticePage(words, words.signInFailed, FORBIDDEN));
    }
    const unproven = await unprovenSecret(desk, held);
    return reply(to, codePage({ words, to: token, said: words.refusal(done.refusal), ...unproven }));
  }
  to.setCookie(names(encrypted).session, done.value.token, kept(encrypted, LONGEST));
  return done.value.recovery.length > 0
    ? reply(to, recoveryPage(words, done.value.recovery, token))
    : to.redirect(`../answer/${token}`, 303);
};

/** Whoever has never given a right code is shown the picture again. */
const unprovenSecret = async (desk: Desk, held: string | undefined): Promise<Partial<Asked>> => {
  const session = await sessionOf(desk.world, held);
  const factor = session && (await desk.world.store.records.secondFactors.ofPerson(session.person.id));
  if (!session || !factor || factor.confirmedAt) return {};
  return { secret: factor.secret, picture: pictureOf(desk, factor.secret, session.person.account) };
};

/** The routes of signing in. */
export const signInRoutes = ({ desk, log, encrypted }: PageParts): FastifyPluginAsync =>
  pageScope(log, LIMITS, (server, options) => {
    const came = (request: FastifyRequest, to: FastifyReply): Came => ({
      desk: desk(),
      request,
      to,
      encrypted,
    });
    server.get<{ Querystring: Back }>('/sign-in/back', options, (request, to) =>
      comeBack(came(request, to), request.query),
    );
    server.get<{ Params: { token: string } }>('/sign-in/:token', options, (request, to) =>
      TOKEN.test(request.params.token)
        ? leave(came(request, to), request.params.token)
        : tellUnknown(request, to),
    );
    server.post<{ Body: Record<string, unknown> }>('/sign-in/code', options, (request, to) =>
      prove(came(request, to), request.body ?? {}),
    );
  });
