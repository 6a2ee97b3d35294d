/** How people of the story answer what they are asked: in Discord's own forms, or on pages of Hearth's own. */
import {
  type Answers,
  type Outcome,
  type Person,
  textOf,
  type Values,
  type Where,
} from '../sandbox/people.ts';
import { type Answer, isByHand, told } from './answers.ts';
import { until } from './watch.ts';

/** What somebody tells on a page: values that are codes, or texts that they write. */
export type Fields = Answers | Values;

/** What they are told then. */
export interface Manner {
  /** Presses a button, and answers what is asked. */
  press(name: string, label: string, fields: Answers, where: Where): Promise<Answer>;
  /** Runs a command; `given` is said with it in any case. */
  run(name: string, line: string, given: Values, fields: Values, where: Where): Promise<Answer>;
  /** What somebody reads who passes. */
  readonly passed: string;
}

/** Presses what is answered in words, or with a form; a slow Hearth answers later, with a message of its own. */
export const pressAndWait = async (person: Person, label: string, where: Where): Promise<Outcome> => {
  const before = person.replies.length;
  const outcome = await person.press(label, where);
  // The card that was pressed may change meanwhile, which is no answer.
  if ((outcome.is !== 'nothing' && outcome.is !== 'change') || isByHand(outcome)) return outcome;
  const answer = () => person.replies[before];
  await until(`${label} is answered`, () => answer() !== undefined);
  const message = answer();
  return message ? { is: 'reply', message, text: textOf(message), isPrivate: true } : outcome;
};

/** How often somebody opens a form that Hearth is too slow for. */
const TRIES = 5;

/** Presses what is answered with a form; what Hearth was too slow to open, it has a button for. */
export const openForm = async (person: Person, label: string, where: Where): Promise<Outcome> => {
  let outcome = await pressAndWait(person, label, where);
  for (let tries = 1; outcome.is !== 'form' && outcome.is !== 'failure' && tries < TRIES; tries += 1) {
    outcome = await person.press('Open the form', where);
  }
  return outcome;
};

/** In Discord: what a command takes is given with it, and what a button asks is filled in. */
export const inDiscord = (who: (name: string) => Person): Manner => ({
  press: async (name, label, fields, where) => {
    told(await openForm(who(name), label, where));
    return await who(name).fill(fields);
  },
  run: (name, line, given, fields, where) => who(name).run(line, { ...given, ...fields }, where),
  passed: 'You passed',
});

/** The address that somebody is given instead of an answer; what they are told is the error when there is none. */
export const addressIn = (outcome: Outcome): string => {
  const message = 'message' in outcome ? outcome.message : undefined;
  const [, address] =
    /"url":"(http:[^"]+\/answer\/[\w-]{43})"/.exec(JSON.stringify(message?.components ?? [])) ?? [];
  if (address === undefined) throw new Error(`no address was given, but "${told(outcome)}" was said`);
  return address;
};

/** Somebody's browser: sends the page of an address, and reads what it is answered with. */
export type Browser = (address: string, fields: Fields) => Promise<string>;

/** On pages: Discord is told what is a code, and the rest is told to the page. */
export const onPages = (who: (name: string) => Person, browserOf: (name: string) => Browser): Manner => ({
  press: async (name, label, fields, where) =>
    browserOf(name)(addressIn(await pressAndWait(who(name), label, where)), fields),
  run: async (name, line, given, fields, where) =>
    browserOf(name)(addressIn(await who(name).run(line, given, where)), fields),
  passed: 'That is noted',
});
