/** How people of the story answer what they are asked: in Discord's own forms, or on pages of Hearth's own. */
import type { Answers, Outcome, Person, Values, Where } from '../sandbox/people.ts';
import { type Answer, told } from './answers.ts';

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

/** In Discord: what a command takes is given with it, and what a button asks is filled in. */
export const inDiscord = (who: (name: string) => Person): Manner => ({
  press: async (name, label, fields, where) => {
    await who(name).press(label, where);
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
    browserOf(name)(addressIn(await who(name).press(label, where)), fields),
  run: async (name, line, given, fields, where) =>
    browserOf(name)(addressIn(await who(name).run(line, given, where)), fields),
  passed: 'That is noted',
});
