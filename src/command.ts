/**
 * What a command is, and the one way it is invoked, whoever typed it: a slash command, a press, a choice or a form.
 *
 *   request ─> which cohort, and who is this to it ─> may they? ─> parse ─> run ─> reply
 *                     │ refusal                        │ refusal     │ invalid, or a form for what is missing
 *
 * A fault (something nobody foresaw) is thrown through here and caught once by the gate that made the request.
 */
import type { z } from 'zod';
import { locate } from './app/locate.ts';
import { mayAct, type Standing, type Standings } from './core/access.ts';
import type { Cohort } from './core/cohort.ts';
import { allow, type Outcome } from './core/outcome.ts';
import type { Person } from './core/person.ts';
import type { Refusal } from './core/refusal.ts';
import { formFor } from './form.ts';
import { coerce, type Given, type Input, LONG_TEXT, optionsOf, problems } from './option.ts';
import type { World } from './ports/world.ts';
import type { Card, Enclosure, Form } from './words/card.ts';
import { type Words, wordsFor } from './words/index.ts';
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
  /** Whether its form would be taken now: nobody is asked for what would then be refused. */
  ready?(call: Pick<CohortCall<I>, 'world' | 'cohort' | 'person'>): Promise<Outcome<null>>;
  run(call: CohortCall<I>): Promise<Outcome<Reply>>;
}
interface ServerCommand<I extends Input> extends Common<I> {
  readonly about: 'server';
  run(call: ServerCall<I>): Promise<Outcome<Reply>>;
}

/** A call of which only `invoke` knows that it is what the command declared. */
type AnyCall = Omit<CohortCall<Input>, 'cohort'> & { readonly cohort?: Cohort };

/** A command whose input nobody needs to know: how a list of commands holds them. */
export interface Command {
  readonly name: string;
  readonly description: string;
  readonly about: 'cohort' | 'server';
  readonly who: readonly Standing[];
  readonly input: Input;
  readonly form?: string;
  readonly direct?: true;
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
 * Discord keeps nothing, either: what is short there is quickly typed again, a long text is not.
 */
const withOwnWords = (words: Words, command: Command, request: Request, card: Card): Card => {
  const typed = optionsOf(command.input).flatMap((option) => {
    const value = request.given[option.name];
    return option.kind === 'text' && typeof value === 'string' && value.trim() !== ''
      ? [{ value, most: option.most, isChosen: option.complete !== undefined }]
      : [];
  });
  const isForm = request.via === 'form';
  const written = typed.filter(({ isChosen }) => isForm || !isChosen);
  return written.some(({ most }) => isForm || most > LONG_TEXT)
    ? words.givenBack(
        card,
        written.map(({ value }) => value),
      )
    : card;
};

/** A refusal as a reply: kind, plain, and with what the person wrote. */
const refusedReply = (words: Words, command: Command, request: Request, refusal: Refusal): Reply => ({
  kind: 'tell',
  card: withOwnWords(words, command, request, words.refusal(refusal)),
});

interface Unparsed {
  readonly words: Words;
  readonly command: Command;
  readonly request: Request;
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
  if (command.form !== undefined && request.via !== 'form' && wrong.every(({ what }) => what === 'missing')) {
    const { fields, given: carried } = formFor(optionsOf(command.input), given);
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

/** Runs what somebody asked for, if they may, and answers. Throws only on a fault. */
export const invoke = async (world: World, command: Command, request: Request): Promise<Reply> => {
  const words = wordsFor(request.locale);
  if (request.direct && !command.direct) return { kind: 'tell', card: words.notInServer() };
  const place = await locate(world, command.about, request);
  if (!place.ok) return refusedReply(words, command, request, place.refusal);
  const may = mayAct(command.who, place.value.standings);
  if (!may.ok) return refusedReply(words, command, request, may.refusal);
  const options = optionsOf(command.input);
  const given = coerce(options, request.given);
  const parsed = command.input.safeParse(given);
  if (!parsed.success) {
    const ready = (await command.ready?.({ ...place.value, world })) ?? allow(null);
    if (!ready.ok) return refusedReply(words, command, request, ready.refusal);
    return unparsed({ words, command, request, given, wrong: problems(options, given, parsed.error) });
  }
  const outcome = await command.run({
    ...place.value,
    world,
    words,
    request: inServer(request, place.value.cohort),
    input: parsed.data,
    now: world.clock.now(),
  });
  return outcome.ok
    ? carryingGroup(outcome.value, request, place.value.cohort)
    : refusedReply(words, command, request, outcome.refusal);
};
