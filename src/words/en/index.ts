/** Everything that Hearth says in English. */
import * as agreement from './agreement.ts';
import * as cohort from './cohort.ts';
import * as completion from './completion.ts';
import * as refusals from './refusals.ts';

export const en = { ...refusals, agreement, cohort, completion };
