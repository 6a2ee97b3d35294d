/** What people of a group told in a session, for those with whom they shared it. */
import type { NextMeeting, SharedArrival, SharedTakeAway } from '../../core/board.ts';
import { open } from '../../core/confidential.ts';
import type { Card } from '../card.ts';
import { mention, quote } from '../markup.ts';
import { arrivalLine } from './check-in.ts';
import { linesUnder } from './people.ts';
import { takeAwayLines } from './session-card.ts';

export interface SharedFacts {
  readonly reader: 'group' | 'staff';
  readonly number: number;
  readonly arrivals: readonly SharedArrival[];
  readonly takeAways: readonly SharedTakeAway[];
  readonly intentions: NextMeeting['intentions'];
}

const READERS = {
  group: 'This is what each chose to share with the group. Nobody has to share anything.',
  staff: 'This is what each chose to share with the facilitators or with the group.',
} as const;

const NOTHING = 'Nothing has been shared so far, and that is fine.';

/** Characters of what somebody intends that are shown. */
const MOST_INTENDED = 300;

/** Everything that was shared. */
export const answers = ({ reader, number, arrivals, takeAways, intentions }: SharedFacts): Card => {
  const fields = [
    ...linesUnder(
      'How we arrive',
      arrivals.map(({ account, arrival }) => `${mention(account)}: ${arrivalLine(arrival)}`),
    ),
    ...linesUnder('What we take with us', takeAwayLines(takeAways)),
    ...linesUnder(
      'What they intend, told to you by choice',
      intentions.map(
        ({ account, intention }) => `${mention(account)}\n${quote(open(intention), MOST_INTENDED)}`,
      ),
    ),
  ];
  return { title: `Session ${number}`, text: fields.length > 0 ? READERS[reader] : NOTHING, fields };
};
