/** What is said when somebody is asked where they are during a session, and whom to call for them. */
import { open } from '../../core/confidential.ts';
import {
  PLACE_LENGTH,
  type PlaceHow,
  type PlaceMark,
  type PlacesNow,
  type PlaceWords,
} from '../../core/place.ts';
import type { Action, Card, CardField } from '../card.ts';
import { mention, moment, quote } from '../markup.ts';
import { people } from './people.ts';

/** Whether somebody is where nobody else hears or sees the group, as an answer to choose. */
export const ALONE: Readonly<Record<Exclude<PlaceHow, 'passed'>, string>> = {
  private: 'Yes, nobody else can',
  'not-private': 'No, or not yet',
};

const CONFIRM: Action = { label: 'Say where I am', command: 'place confirm', style: 'primary' };
const SAME: Action = { label: 'As last time, and private', command: 'place same' };
const PASS: Action = { label: 'Pass', command: 'place pass' };

/** The buttons under whatever asks for it; who may pass has a third. */
export const placeButtons = ({ mayPass }: { readonly mayPass: boolean }): readonly Action[] => [
  CONFIRM,
  SAME,
  ...(mayPass ? [PASS] : []),
];

/** Why it is asked, for everybody. */
export const WHY_ASKED =
  'So that help would find you, please say before we begin where you are and whom to call for you. Staff see that you have told it, and look at it only when they need it.';

const KEPT =
  'It is kept encrypted, and goes after the session by itself. Staff see that you have confirmed; whoever of them looks at what you wrote does so only when it is needed, and that is noted.';

/** It is kept. */
export const told = (how: Exclude<PlaceHow, 'passed'>): Card =>
  how === 'private'
    ? { title: 'Thank you, you have confirmed where you are', text: KEPT }
    : {
        title: 'Thank you for telling',
        text: `${KEPT}\n\nCan others hear or see the group where you are? Then headphones, a closed door or another place help. If there is none, please write to your facilitators before you come in. When you are by yourself, press the button.`,
        actions: [[SAME]],
      };

/** It is as last time. */
export const repeated = (): Card => ({
  text: 'Thank you, you have confirmed where you are. If that changes during the session, say so with `/place confirm`.',
});

/** Nothing is kept from last time. */
export const nothingKept = (): Card => ({
  text: 'Nothing is kept from last time, so please say it once.',
  actions: [[CONFIRM]],
});

/** Nothing is kept. */
export const passed = (): Card => ({
  text: 'That is fine. Nothing is kept of where you are.',
  actions: [[{ ...CONFIRM, style: 'secondary' }]],
});

/** For staff: who has confirmed, who passed, and who has done neither. */
export const placeField = ({ confirmed, passed: passing, notYet }: PlacesNow): CardField => ({
  name: 'Where they are, and whom to call',
  value: [
    `Confirmed: ${people(confirmed, 'nobody yet')}`,
    ...(passing.length > 0 ? [`Passed: ${people(passing, '')}`] : []),
    `Not yet: ${people(notYet, 'nobody')}`,
  ].join('\n'),
});

/** Opens what somebody told. */
export const lookAt = (account: string): Action => ({
  label: 'Where they are',
  command: 'place show',
  given: { person: account },
});

const HOW: Readonly<Record<PlaceHow, string>> = {
  private: 'They said that nobody else hears or sees the group there.',
  'not-private': 'They said that others may hear or see the group there.',
  passed: 'They passed, and nothing is kept.',
};

/** What somebody told, for whoever needs it; that it was looked at is noted. */
export const shown = ({
  account,
  mark,
  words,
}: {
  readonly account: string;
  readonly mark?: PlaceMark;
  readonly words?: PlaceWords;
}): Card => ({
  title: 'Where they are, and whom to call',
  text: mark
    ? `${mention(account)}, told ${moment(mark.at, 'f')} (${moment(mark.at, 'R')}). ${HOW[mark.how]}\nThat you looked is noted.`
    : `${mention(account)} has not told it, or it has gone.`,
  ...(words && {
    fields: [
      { name: 'Where', value: quote(open(words.place), PLACE_LENGTH.most) },
      { name: 'Whom to call', value: quote(open(words.contact), PLACE_LENGTH.most) },
    ],
  }),
});
