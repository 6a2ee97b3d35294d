/**
 * What a command is, and the one way it is invoked, whoever typed it: a slash command, a press, a choice or a form.
 *
 *   request ─> which cohort, and who is this to it ─> may they? ─> parse ─> run ─> reply
 *                     │ refusal                        │ refusal     │ invalid, or a form for what is missing
 *
 * A private command of a group that answers on pages is not run for what comes through Discord: the answer is an address.
 * What concerns nobody's group is answered before anything is looked up: help is answered in any state.
 *
 * A fault (something nobody foresaw) is thrown through here and caught once by the gate that made the request.
 */
import type { z } from 'zod';
import { answersOnPages, locate, mayBeOnPages, type Place } from './app/locate.ts';
import { makeFormLink } from './app/make-form-link.ts';
import { inHandsOf, noteDenied, noteExport, noteStranger } from './app/note-request.ts';
import { mayAct, type Standing, type Standings } from './core/access.ts';
import type { Cohort } from './core/cohort.ts';
import { allow, type Outcome, refuse } from './core/outcome.ts';
import type { Person } from './core/person.ts';
import type { Refusal } from './core/refusal.ts';
import { canBeAsked, codesIn, formFor } from './form.ts';
import { coerce, type Given, type Input, LONG_TEXT, optionsOf, problems } from './option.ts';
import type { World } from './ports/world.ts';
import type { Card, Enclosure, Form } from './words/card.ts';
import { type Words, wordsFor } from './words/index.ts';
import { pageWordsFor } from './words/pages.ts';
import type { Problem } from './words/problem.ts';

/** What somebody asks, in plain values: no command ever sees Discord. */
export interface Request {
  /** Unique; a request that arrives twice bears the same. */
  readonly id: string;
  readonly via: 'slash' | 'press' | 'form';
  /** `check-in`, `session next` … */
  readonly path: string;
  /** Comes from a direct message, where there is no server: `guildId` is empty, and then that of the group in question. */
  readonly direct?: true;
  /** Comes from a page of Hearth's own: nothing of it has passed through Discord. */
  readonly private?: true;
  readonly guildId: string;
  readonly channelId: string;
  readonly account: string;
  /** May manage the server, by Discord's word in this request. */
  readonly admin: boolean;
  /** BCP 47, as the person's own client says. */
  readonly locale: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** What is known of the accounts that were named in the options. */
  readonly accounts: Readonly<Record<string, { readonly bot: boolean }>>;
}

/** Always for the one who asked, and nobody else. */
export type Reply =
  | { readonly kind: 'tell'; readonly card: Card; readonly file?: Enclosure }
  | { readonly kind: 'ask'; readonly form: Form }
  /** Done, and seen on a card that stands: a press needs no words, a slash command gets the card. */
  | { readonly kind: 'done'; readonly card: Card };

export interface ServerCall<I extends Input> {
  readonly world: World;
  readonly words: Words;
  readonly request: Request;
  readonly person: Person;
  readonly input: z.infer<I>;
  readonly standings: Standings;
  readonly now: Date;
}
export interface CohortCall<I extends Input> extends ServerCall<I> {
  readonly cohort: Cohort;
}

/** Whether what somebody was given so far is theirs alone to tell or to read; given in the types of the options. */
type IsPrivate = (given: Given) => boolean;

/** A call of which nothing was looked up: neither who asks, nor in which group. */
export interface AnyoneCall<I extends Input> {
  readonly world: Pick<World, 'helpDesk'>;
  readonly words: Words;
  readonly request: Request;
  readonly input: z.infer<I>;
  readonly now: Date;
}

interface Common<I extends Input> {
  readonly name: string;
  readonly description: string;
  readonly who: readonly Standing[];
  readonly input: I;
  /** Title of the form in which required options are asked when they were not given. */
  readonly form?: string;
}
interface CohortCommand<I extends Input> extends Common<I> {
  readonly about: 'cohort';
  /** May be pressed in a direct message, too, on a button that carries the id of the group as `cohort`. */
  readonly direct?: true;
  /** Takes or shows what people write, or how they are: groups that answer on pages do so there. */
  readonly private?: true | IsPrivate;
  /** Whether its form would be taken now: nobody is asked for what would then be refused. */
  ready?(call: Pick<CohortCall<I>, 'world' | 'cohort' | 'person'>): Promise<Outcome<null>>;
  run(call: CohortCall<I>): Promise<Outcome<Reply>>;
}
interface ServerCommand<I extends Input> extends Common<I> {
  readonly about: 'server';
  run(call: ServerCall<I>): Promise<Outcome<Reply>>;
}

/** A call of somebody about what is theirs alone, with a group of theirs, if they are or were in one. */
export interface OwnCall<I extends Input> extends ServerCall<I> {
  readonly cohort?: Cohort;
}
interface OwnCommand<I extends Input> extends Omit<Common<I>, 'who'> {
  /** Shows what people wrote: whoever is or was in a group that answers on pages is shown it there. */
  readonly private?: true;
  run(call: OwnCall<I>): Promise<Outcome<Reply>>;
}

interface AnyoneCommand<I extends Input> extends Pick<Common<I>, 'name' | 'description' | 'input'> {
  /** Never waits for anything that may be down. */
  run(call: AnyoneCall<I>): Reply;
}

/** A call of which only `invoke` knows that it is what the command declared. */
type AnyCall = Omit<CohortCall<Input>, 'cohort'> & { readonly cohort?: Cohort };

/** A command whose input nobody needs to know: how a list of commands holds them. */
export interface Command {
  readonly name: string;
  readonly description: string;
  readonly about: 'cohort' | 'server' | 'person' | 'anyone';
  readonly who: readonly Standing[];
  readonly input: Input;
  readonly form?: string;
  readonly direct?: true;
  readonly private?: true | IsPrivate;
  readonly ready?: (call: Pick<AnyCall, 'world' | 'cohort' | 'person'>) => Promise<Outcome<null>>;
  readonly run: (call: AnyCall) => Promise<Outcome<Reply>>;
}

/** Commands under one name: `/session open`, `/session next` … */
export interface CommandGroup {
  readonly name: string;
  readonly description: string;
  readonly commands: readonly Command[];
}
export type Entry = Command | CommandGroup;

/** A command that concerns one cohort: found by its `cohort` option, by the room, or by being the person's only one. */
export const cohortCommand = <I extends Input>(command: Omit<CohortCommand<I>, 'about'>): Command =>
  // invoke parses the input with the command's own schema before it calls run, so run gets what it declares.
  ({ ...command, about: 'cohort' }) as unknown as Command;

/** A command that concerns the server. */
export const serverCommand = <I extends Input>(command: Omit<ServerCommand<I>, 'about'>): Command =>
  ({ ...command, about: 'server' }) as unknown as Command;

/** A command that concerns whoever asks, and nobody else: also when they have left every group. */
export const ownCommand = <I extends Input>(command: OwnCommand<I>): Command =>
  ({ ...command, about: 'person', who: ['participant', 'outsider'] }) as unknown as Command;

/** A command for anybody, at any time: it looks nothing up, and so it is answered whatever is down. */
export const anyoneCommand = <I extends Input>(command: AnyoneCommand<I>): Command =>
  ({
    ...command,
    about: 'anyone',
    direct: true,
    who: [],
    run: async (call: AnyoneCall<I>) => allow(command.run(call)),
  }) as unknown as Command;

/** Finds a command by its path. */
export const findCommand = (entries: readonly Entry[], path: string): Command | undefined => {
  const [first, second] = path.split(' ');
  const entry = entries.find(({ name }) => name === first);
  if (!entry) return undefined;
  if (!('commands' in entry)) return second === undefined ? entry : undefined;
  return entry.commands.find(({ name }) => name === second);
};

/**
 * What the person typed is given back when it could not be taken, so that nothing they wrote is lost. Of a slash command
 * Discord keeps nothing, either: what is short there is quickly typed again, a long text is not. What is for a page of
 * Hearth's own is given back to nobody in Discord, which would carry it once more.
 */
const withOwnWords = (words: Words, command: Command, request: Refused, card: Card): Card => {
  const typed = optionsOf(command.input).flatMap((option) => {
    const value = request.given[option.name];
    return option.kind === 'text' && typeof value === 'string' && value.trim() !== ''
      ? [{ value, most: option.most, isChosen: option.complete !== undefined }]
      : [];
  });
  const isForm = request.via === 'form';
  const written = typed.filter(({ isChosen }) => isForm || !isChosen);
  if (request.forPages) return written.length > 0 ? pageWordsFor(request.locale).notRepeated(card) : card;
  return written.some(({ most }) => isForm || most > LONG_TEXT)
    ? words.givenBack(
        card,
        written.map(({ value }) => value),
      )
    : card;
};

/** A request that could not be done; whether what was written with it is, or may be, for a page of Hearth's own. */
type Refused = Request & { readonly forPages: boolean };

const refusedRequest = async (
  world: World,
  command: Command,
  request: Request,
  refusal?: Refusal,
): Promise<Refused> => ({
  ...request,
  forPages: command.private !== undefined && (await mayBeOnPages(world, request, refusal)),
});

/** A refusal as a reply: kind, plain, and with what the person wrote. */
const refusedReply = (words: Words, command: Command, request: Refused, refusal: Refusal): Reply => ({
  kind: 'tell',
  card: withOwnWords(words, command, request, words.refusal(refusal)),
});

interface Unparsed {
  readonly words: Words;
  readonly command: Command;
  readonly request: Refused;
  readonly given: Given;
  readonly wrong: readonly Problem[];
}

/** A form cannot be answered with a form: a button opens it again, and carries what was chosen well. */
const openingAgain = (card: Card, { words, command, request, given, wrong }: Unparsed): Card => {
  if (command.form === undefined || request.via !== 'form') return card;
  const options = optionsOf(command.input).filter(({ name }) => wrong.every(({ option }) => option !== name));
  const chosen = Object.fromEntries(
    options.flatMap(({ name }) => (given[name] === undefined ? [] : [[name, given[name]]])),
  );
  return words.withForm(card, { command: request.path, given: formFor(options, chosen).given });
};

/** What is only missing is asked for in a form; what is wrong is told. */
const unparsed = (problem: Unparsed): Reply => {
  const { words, command, request, given, wrong } = problem;
  const options = optionsOf(command.input);
  const askable = new Set(options.filter(canBeAsked).map(({ name }) => name));
  const isOnlyMissing = wrong.every(({ what, option }) => what === 'missing' && askable.has(option));
  if (command.form !== undefined && request.via !== 'form' && isOnlyMissing) {
    const { fields, given: carried } = formFor(options, given);
    return { kind: 'ask', form: { title: command.form, command: request.path, fields, given: carried } };
  }
  const card = withOwnWords(words, command, request, words.invalid(wrong));
  return { kind: 'tell', card: wrong.length > 0 ? openingAgain(card, problem) : card };
};

/** What is asked in a direct message is asked in the server of the group that it concerns. */
const inServer = (request: Request, cohort: Cohort | undefined): Request =>
  request.direct && cohort ? { ...request, guildId: cohort.guildId } : request;

/** In a direct message nothing but the button tells which group is meant: those of the answer carry it on. */
const carryingGroup = (reply: Reply, { direct }: Request, cohort: Cohort | undefined): Reply => {
  if (!direct || !cohort || reply.kind === 'ask' || !reply.card.actions) return reply;
  const actions = reply.card.actions.map((row) =>
    row.map((action) => ({ ...action, given: { ...action.given, cohort: cohort.id } })),
  );
  return { ...reply, card: { ...reply.card, actions } };
};

/** Everything that can come of a request. */
export type CarriedOut =
  | { readonly is: 'done'; readonly reply: Reply; readonly place: Place }
  | { readonly is: 'refused'; readonly refusal: Refusal }
  | { readonly is: 'unparsed'; readonly given: Given; readonly wrong: readonly Problem[] }
  /** It is to be asked on a page of Hearth's own, with nothing of what was given but ids and codes. */
  | {
      readonly is: 'private';
      readonly person: Person;
      readonly cohort: Cohort;
      readonly codes: Readonly<Record<string, string>>;
      /** Whether more was given than that. */
      readonly lost: boolean;
    };

const isPrivate = ({ private: when }: Command, given: Given): boolean =>
  typeof when === 'function' ? when(given) : when === true;

/** Whether what is asked for would be taken now, once it is filled in. */
export const isReady = async (world: World, command: Command, place: Place): Promise<Outcome<null>> =>
  (await command.ready?.({ ...place, world })) ?? allow(null);

const toAPage = (
  command: Command,
  { via }: Request,
  { person, cohort }: Place & { readonly cohort: Cohort },
  given: Given,
): CarriedOut => {
  const codes = codesIn(command.input, given, { pressed: via === 'press' });
  const lost = Object.keys(given).some((name) => name !== 'cohort' && codes[name] === undefined);
  return { is: 'private', person, cohort, codes, lost };
};

/** Whom and what a request is about, when whoever asks may do this there, and the world as it is in their hands. */
export const mayAsk = async (
  world: World,
  command: Command,
  request: Request,
): Promise<Outcome<Place & { readonly world: World }>> => {
  const about = command.about === 'anyone' ? 'server' : command.about;
  const place = await locate(world, about, request);
  const via = request.private ? 'web' : request.via;
  const asked = { ...request, via, who: command.who } as const;
  if (!place.ok) return refuse(await noteStranger(world, asked, place.refusal));
  const theirs = inHandsOf(world, asked, place.value);
  const may = mayAct(command.who, place.value.standings);
  if (may.ok) return allow({ ...place.value, world: theirs });
  return refuse(await noteDenied(theirs, asked, place.value, may.refusal));
};

/** Does what somebody asked for, if they may. Throws only on a fault. */
export const carryOut = async (world: World, command: Command, request: Request): Promise<CarriedOut> => {
  const asked = await mayAsk(world, command, request);
  if (!asked.ok) return { is: 'refused', refusal: asked.refusal };
  const { world: theirs, ...place } = asked.value;
  const options = optionsOf(command.input);
  const given = coerce(options, request.given);
  const { cohort } = place;
  const toPage = !request.private && answersOnPages(cohort) && isPrivate(command, given);
  const parsed = command.input.safeParse(given);
  if (toPage || !parsed.success) {
    const ready = await isReady(world, command, place);
    if (!ready.ok) return { is: 'refused', refusal: ready.refusal };
  }
  if (toPage) return toAPage(command, request, { ...place, cohort }, given);
  if (!parsed.success) return { is: 'unparsed', given, wrong: problems(options, given, parsed.error) };
  const outcome = await command.run({
    ...place,
    world: theirs,
    words: wordsFor(request.locale),
    request: inServer(request, cohort),
    input: parsed.data,
    now: world.clock.now(),
  });
  if (!outcome.ok) {
    return { is: 'refused', refusal: await noteDenied(theirs, request, place, outcome.refusal) };
  }
  if (outcome.value.kind === 'tell' && outcome.value.file) await noteExport(theirs);
  return { is: 'done', reply: outcome.value, place };
};

type Private = Extract<CarriedOut, { is: 'private' }>;

/** An address instead of an answer: it is good for this person, once, and soon for nobody. */
const linkReply = async (
  world: World,
  command: Command,
  request: Request,
  { person, cohort, codes, lost }: Private,
): Promise<Reply> => {
  const { path, locale } = request;
  const made = await makeFormLink(world, { person, cohort, path, given: codes, locale });
  if (!made.ok) return refusedReply(wordsFor(locale), command, { ...request, forPages: true }, made.refusal);
  const { link } = pageWordsFor(locale);
  const title = command.form ?? command.description;
  return { kind: 'tell', card: link({ address: made.value, title, lost }) };
};

/** Of a private command that needed no page, Discord is told that it is done, and nothing that was kept before. */
const saidInDiscord = (
  { reply, place }: Extract<CarriedOut, { is: 'done' }>,
  command: Command,
  request: Request,
): Reply =>
  command.private && answersOnPages(place.cohort)
    ? { kind: 'tell', card: pageWordsFor(request.locale).noted() }
    : carryingGroup(reply, request, place.cohort);

/** Whatever a button carried: what cannot be read is left out, and the answer comes all the same. */
const readable = ({ input }: Command, given: Given): Given => {
  const parsed = input.safeParse(given);
  const fallback = input.safeParse({});
  return parsed.success ? parsed.data : (fallback.data ?? {});
};

/** Answered from what is at hand: no store is asked. */
const answerAnyone = async (
  world: World,
  command: Command,
  request: Request,
  words: Words,
): Promise<Reply> => {
  const given = coerce(optionsOf(command.input), request.given);
  const call = { world, words, request, input: readable(command, given), now: world.clock.now() };
  // Only such a command's own run is called, and it declares no more than this.
  const outcome = await command.run(call as unknown as AnyCall);
  return outcome.ok
    ? outcome.value
    : refusedReply(words, command, { ...request, forPages: false }, outcome.refusal);
};

/** Runs what somebody asked for in Discord, if they may, and answers. Throws only on a fault. */
export const invoke = async (world: World, command: Command, request: Request): Promise<Reply> => {
  const words = wordsFor(request.locale);
  if (command.about === 'anyone') return answerAnyone(world, command, request, words);
  if (request.direct && !command.direct) return { kind: 'tell', card: words.notInServer() };
  const done = await carryOut(world, command, request);
  switch (done.is) {
    case 'done':
      return saidInDiscord(done, command, request);
    case 'refused':
      return refusedReply(
        words,
        command,
        await refusedRequest(world, command, request, done.refusal),
        done.refusal,
      );
    case 'unparsed':
      return unparsed({ ...done, words, command, request: await refusedRequest(world, command, request) });
    case 'private':
      return linkReply(world, command, request, done);
  }
};
