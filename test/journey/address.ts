/** The address that somebody was given in Discord instead of an answer. */
import type { Outcome } from '../../sandbox/people.ts';

const ADDRESS = /"url":"(http:\/\/127\.0\.0\.1:\d+\/answer\/[\w-]{43})"/;

/** Throws when none was given, with what was said instead. */
export const addressIn = (outcome: Outcome): string => {
  const message = 'message' in outcome ? outcome.message : undefined;
  const [, address] = ADDRESS.exec(JSON.stringify(message?.components ?? [])) ?? [];
  if (address === undefined) throw new Error(`no address was given: ${JSON.stringify(outcome)}`);
  return address;
};
