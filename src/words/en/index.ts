/** Everything that Hearth says in English. */
import * as refusals from './refusals.ts';

export const en = { ...refusals };
