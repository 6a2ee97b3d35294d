/**
 * What somebody finds under the address that they were given: the form of a command, and then its answer.
 *
 *   look (GET)  ─> the form; it changes nothing, so that whatever fetches addresses in advance uses nothing up
 *   send (POST) ─> the same invocation as in Discord ─> its answer, and the address is used up in the same transaction
 *                          │ invalid, refused, a fault: the form again with everything that was written, and no use made
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { html } from 'ghtml';
import { complete } from '../../app/complete.ts';
import type { Place } from '../../app/locate.ts';
import { makeStep } from '../../app/make-form-link.ts';
import { isSignedInAs } from '../../app/sign-in.ts';
import { findFormLink, underLink } from '../../app/use-form-link.ts';
import {
  type CarriedOut,
  type Command,
  carryOut,
  type Entry,
  findCommand,
  isReady,
  mayAsk,
  type Request,
} from '../../command.ts';
import { HELPERS, STAFF } from '../../core/access.ts';
import { closesAt, type FormLink } from '../../core/form-link.ts';
import type { Refusal } from '../../core/refusal.ts';
import { SECOND } from '../../core/time.ts';
import { canBeAsked, fieldOf } from '../../form.ts';
import { type Option, optionsOf } from '../../option.ts';
import type { World } from '../../ports/world.ts';
import type { Action, Card, FormField } from '../../words/card.ts';
import { languageOf, wordsFor } from '../../words/index.ts';
import { clip, visible } from '../../words/markup.ts';
import { type PageWords, pageWordsFor } from '../../words/pages.ts';
import type { Problem } from '../../words/problem.ts';
import { cardHtml, namedOn, type ShownCard, type Step } from './card-html.ts';
import { fieldHtml, problemsHtml, type Typed, writtenIn } from './form-html.ts';
import type { Telling } from './markup.ts';
import { givenBack, noticePage, type Page, page } from './page.ts';
import { timeTeller } from './times.ts';

export interface Desk {
  readonly world: World;
  readonly commands: readonly Entry[];
}

/** What came with a request for a page. */
export interface Visit {
  readonly token: string;
  /** BCP 47: what language to speak where no address tells. */
  readonly locale: string;
  /** What the browser holds of somebody who has signed in. */
  readonly session?: string | undefined;
}

/** Somebody under an address that is open, and what they ask for. */
interface Asking extends Desk {
  readonly token: string;
  readonly link: FormLink;
  readonly command: Command;
  readonly words: PageWords;
  readonly request: Request;
}

const OK = 200;
const UNAUTHORIZED = 401;
const GONE = 410;
const NOT_FOUND = 404;
const REFUSED = 409;
const INVALID = 422;
const FAILED = 500;

const forAdmins = ({ who }: Command): boolean => who.includes('admin') || who.includes('break-glass');

const requestOf = async (
  { world }: Desk,
  link: FormLink,
  command: Command,
  typed: Typed,
): Promise<Request> => ({
  id: link.id,
  via: 'form',
  private: true,
  path: link.path,
  guildId: link.guildId,
  channelId: '',
  account: link.person.account,
  admin: forAdmins(command) && (await world.members.manages(link.guildId, link.person.account)),
  locale: link.locale,
  given: { ...typed, ...link.given, cohort: link.cohortId },
  accounts: {},
});

/** What can be asked for here: an account or a file was given in Discord, or is left out. */
const askedFor = ({ given }: FormLink, command: Command): readonly Option[] =>
  optionsOf(command.input).filter(
    (option) => given[option.name] === undefined && option.name !== 'cohort' && canBeAsked(option),
  );

/** Only what the form asks for is taken of what was sent. */
const takenOf = (link: FormLink, command: Command, typed: Typed): Typed => {
  const asked = new Set(askedFor(link, command).map(({ name }) => name));
  return Object.fromEntries(Object.entries(typed).filter(([name]) => asked.has(name)));
};

type Opened = { readonly asking: Asking } | { readonly page: Page };

const opened = async (desk: Desk, { token, locale }: Visit, typed: Typed): Promise<Opened> => {
  const found = await findFormLink(desk.world, token);
  const words = pageWordsFor(found?.link.locale ?? locale);
  const written = writtenIn(typed);
  const command = found && findCommand(desk.commands, found.link.path);
  if (!found || !command) return { page: noticePage(words, words.unknown, NOT_FOUND, written) };
  const { link, state } = found;
  if (state !== 'open') return { page: noticePage(words, words[state], GONE, written) };
  const request = await requestOf(desk, link, command, takenOf(link, command, typed));
  return { asking: { ...desk, token, link, command, words, request } };
};

/** What may be chosen where Discord would complete what is typed. */
const choicesFor = async ({ world, request }: Asking, option: Option): Promise<FormField | undefined> => {
  if (option.kind !== 'text' || option.complete === undefined) return undefined;
  const found = await complete(world, option.complete, request);
  if (found.length === 0) return undefined;
  const { completion } = wordsFor(request.locale);
  const choices = found.map(completion).map(({ label, value }) => ({ label: visible(label), value }));
  const { name, description, required, hint } = option;
  return {
    kind: 'choice',
    name,
    label: description,
    required,
    ...(hint && { hint }),
    choices,
    fewest: 0,
    most: 1,
  };
};

const fieldsFor = (asking: Asking): Promise<readonly FormField[]> =>
  Promise.all(
    askedFor(asking.link, asking.command).map(
      async (option) => (await choicesFor(asking, option)) ?? fieldOf(option),
    ),
  );

/** As many digits of an account tell somebody without a name from others. */
const CODE_DIGITS = 4;

/** Nobody waits longer than this for names: without them a page is still a page. */
const NAMES_WITHIN = 2 * SECOND;

const namesIn = async (
  { members, log }: World,
  guildId: string,
  accounts: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const none: ReadonlyMap<string, string> = new Map();
  const names = members.names(guildId, accounts).catch((cause: unknown) => {
    log.fault('names', cause);
    return none;
  });
  return Promise.race([names, sleep(NAMES_WITHIN, none, { ref: false })]);
};

const tellingFor = async (
  { world, link, words }: Asking,
  zone: string,
  accounts: readonly string[],
): Promise<Telling> => {
  const names = await namesIn(world, link.guildId, accounts);
  return {
    name: (account) => visible(names.get(account) ?? words.somebody(account.slice(-CODE_DIGITS))),
    room: words.aRoom,
    moment: timeTeller(link.locale, zone),
  };
};

const titleOf = ({ command }: Asking): string => command.form ?? command.description;

interface Showing {
  readonly place: Place;
  readonly typed: Typed;
  readonly status?: number;
  readonly wrong?: readonly Problem[];
  /** What could not be done, in a sentence. */
  readonly said?: string;
}

const sentence = ({ words }: Asking, said: string | undefined): string =>
  said === undefined
    ? ''
    : html`<div class="summary" role="alert"><h2>${words.notDone}</h2><p>${said}</p></div>`;

/** The longest name of somebody that stands in a sentence. */
const LONGEST_NAME = 60;

/** The form, empty or with what was written. */
const formPage = async (
  asking: Asking,
  { place, typed, status, wrong = [], said }: Showing,
): Promise<Page> => {
  const { words, link, token, request } = asking;
  const fields = await fieldsFor(asking);
  const language = languageOf(request.locale);
  const filled = { words, language, typed, wrong };
  const { cohort } = place;
  const telling = await tellingFor(asking, cohort?.zone ?? 'Etc/UTC', [request.account]);
  const until = telling.moment(Math.floor(closesAt(link).getTime() / 1_000), 't');
  const title = titleOf(asking);
  const isAmiss = wrong.length > 0 || said !== undefined;
  return page({
    words,
    title: isAmiss ? `${words.errorPrefix}: ${title}` : title,
    ...(status !== undefined && { status }),
    body: html`!${problemsHtml(filled)}!${sentence(asking, said)}
<h1 lang="${language}">${title}</h1>
<p class="note">${words.isFor(clip(telling.name(request.account), LONGEST_NAME), cohort?.name ?? '')}</p>
<p class="note">${words.notThroughDiscord} ${fields.length === 0 ? words.readyToShow : words.openUntil(until)}</p>
<form method="post" action="${token}" novalidate autocomplete="off">
!${fields.map((field) => fieldHtml(field, filled))}
<button>${fields.length === 0 ? words.show : words.send}</button>
</form>`,
  });
};

const plain = (text: string): string => text.replace(/\*\*|`|\\|\u200b/g, '');

const sentenceOf = ({ words, link }: Asking, refusal: Refusal): string =>
  plain(words.refusal(refusal) ?? wordsFor(link.locale).refusal(refusal).text);

/** Refused before anything could be asked: what was written is given back. */
const refusedPage = (asking: Asking, refusal: Refusal, typed: Typed): Page => {
  const { words } = asking;
  if (refusal.code === 'link-used') return noticePage(words, words.used, GONE, writtenIn(typed));
  const paragraphs = [sentenceOf(asking, refusal)];
  return noticePage(words, { title: words.notDone, paragraphs }, REFUSED, writtenIn(typed));
};

type Next = Pick<Place, 'person'> & {
  readonly command: Command;
  readonly action: Action;
  readonly cohort: NonNullable<Place['cohort']>;
};

const stepFor = async ({ world, link }: Asking, next: Next): Promise<Step | undefined> => {
  const { command, action, person, cohort } = next;
  const { command: path, given = {}, label } = action;
  const asks = askedFor({ ...link, given }, command).length > 0;
  const token = await makeStep(world, link, { person, cohort, path, given, locale: link.locale });
  return token === undefined ? undefined : { label, token, asks };
};

const nextOf = ({ commands }: Asking, { cohort, person }: Place, { actions = [] }: Card): readonly Next[] =>
  actions.flat().flatMap((action) => {
    const command = findCommand(commands, action.command);
    return command && cohort && !action.disabled ? [{ command, action, person, cohort }] : [];
  });

/** Whatever may be done next is done on a page again, each with an address of its own, or found in Discord. */
const stepsFor = async (
  asking: Asking,
  place: Place,
  card: Card,
): Promise<Pick<ShownCard, 'steps' | 'isMoreInDiscord'>> => {
  const wanted = nextOf(asking, place, card);
  const steps: Step[] = [];
  for (const next of wanted) {
    const step = await stepFor(asking, next);
    if (step) steps.push(step);
  }
  return { steps, isMoreInDiscord: steps.length < wanted.length };
};

type Done = Extract<CarriedOut, { is: 'done' }>;

const donePage = async (asking: Asking, { reply, place }: Done): Promise<Page> => {
  const { words, link } = asking;
  if (reply.kind === 'ask') throw new TypeError(`/${link.path} answers a form with a form`);
  const { card } = reply;
  const telling = await tellingFor(asking, place.cohort?.zone ?? 'Etc/UTC', namedOn(card));
  const language = languageOf(link.locale);
  const title = card.title === undefined ? words.done : plain(card.title);
  const shown = {
    ...{ card, telling, words, language },
    file: reply.kind === 'tell' ? reply.file : undefined,
    ...(await stepsFor(asking, place, card)),
  };
  const heading = card.title === undefined ? words.language : language;
  return page({ words, title, body: html`<h1 lang="${heading}">${title}</h1>\n!${cardHtml(shown)}` });
};

/** Those who see or change what is others' prove first who they are; participants are asked of themselves alone. */
const mustSignIn = ({ standings }: Place): boolean =>
  [...STAFF, ...HELPERS, 'admin' as const].some((standing) => standings.has(standing));

const signInPage = ({ words, token }: Asking, typed: Typed): Page => {
  const { title, paragraphs } = words.signIn;
  return page({
    words,
    title,
    status: UNAUTHORIZED,
    body: html`<h1>${title}</h1>
!${paragraphs.map((each) => html`<p>${each.replaceAll('`', '')}</p>`)}
<p><a class="button" href="../sign-in/${token}">${words.signInButton}</a></p>
!${givenBack(words, writtenIn(typed))}`,
  });
};

/** Undefined once nothing is in the way. */
const notSignedIn = async (
  asking: Asking,
  place: Place,
  session: string | undefined,
  typed: Typed,
): Promise<Page | undefined> => {
  if (!mustSignIn(place)) return undefined;
  const isIn = await isSignedInAs(asking.world, session, asking.link.person);
  return isIn ? undefined : signInPage(asking, typed);
};

/** What is found under an address. Changes nothing, however often it is asked for. */
export const look = async (desk: Desk, visit: Visit): Promise<Page> => {
  const under = await opened(desk, visit, {});
  if ('page' in under) return under.page;
  const { asking } = under;
  const place = await mayAsk(asking.world, asking.command, asking.request);
  if (!place.ok) return refusedPage(asking, place.refusal, {});
  const barred = await notSignedIn(asking, place.value, visit.session, {});
  if (barred) return barred;
  const ready = await isReady(asking.world, asking.command, place.value);
  if (!ready.ok) return refusedPage(asking, ready.refusal, {});
  return formPage(asking, { place: place.value, typed: {} });
};

/** The form again, with what was written, while whoever wrote it may still ask for this at all. */
const again = async (asking: Asking, typed: Typed, refusal: Refusal): Promise<Page> => {
  const place = await mayAsk(asking.world, asking.command, asking.request);
  if (!place.ok || refusal.code === 'link-used') return refusedPage(asking, refusal, typed);
  const said = sentenceOf(asking, refusal);
  return formPage(asking, { place: place.value, typed, status: REFUSED, said });
};

const amiss = async (asking: Asking, typed: Typed, wrong: readonly Problem[]): Promise<Page> => {
  const place = await mayAsk(asking.world, asking.command, asking.request);
  if (!place.ok) return refusedPage(asking, place.refusal, typed);
  const { words } = asking;
  return wrong.length > 0
    ? formPage(asking, { place: place.value, typed, status: INVALID, wrong })
    : noticePage(words, words.unknown, NOT_FOUND, writtenIn(typed));
};

/** What was done stays done, also when it cannot be told in full. */
const plainlyDone = ({ world, words }: Asking, cause: unknown): Page => {
  world.log.fault('answer', cause);
  return noticePage(words, { title: words.done, paragraphs: [words.closeThis] }, OK);
};

const sent = async (asking: Asking, typed: Typed): Promise<Page> => {
  const { world, finish } = underLink(asking.world, asking.link);
  const done = await carryOut(world, asking.command, asking.request);
  switch (done.is) {
    case 'refused':
      return again(asking, typed, done.refusal);
    case 'unparsed':
      return amiss(asking, typed, done.wrong);
    case 'private':
      throw new TypeError('what came from a page was to be asked on a page');
    case 'done': {
      const finished = await finish();
      if (!finished.ok) return refusedPage(asking, finished.refusal, typed);
      return await donePage(asking, done).catch((cause: unknown) => plainlyDone(asking, cause));
    }
  }
};

/** A fault while somebody waits for an answer: they keep what they wrote, and may send it once more. */
const faulted = async (asking: Asking, typed: Typed, cause: unknown): Promise<Page> => {
  const { world, words } = asking;
  const said = words.fault(world.log.fault('answer', cause));
  const place = await mayAsk(world, asking.command, asking.request);
  return place.ok
    ? formPage(asking, { place: place.value, typed, status: FAILED, said })
    : refusedPage(asking, place.refusal, typed);
};

/** Takes what was sent. A fault that leaves nothing to be said is thrown. */
export const send = async (desk: Desk, visit: Visit, typed: Typed): Promise<Page> => {
  const under = await opened(desk, visit, typed);
  if ('page' in under) return under.page;
  try {
    const place = await mayAsk(under.asking.world, under.asking.command, under.asking.request);
    const barred = place.ok && (await notSignedIn(under.asking, place.value, visit.session, typed));
    return barred || (await sent(under.asking, typed));
  } catch (cause) {
    return faulted(under.asking, typed, cause);
  }
};
