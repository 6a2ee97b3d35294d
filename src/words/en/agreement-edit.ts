/** The agreement as an admin writes it: item by item, and published as the next version. */
import type { Agreement, AgreementText } from '../../core/agreement.ts';
import { allowedBy } from '../../core/agreement.ts';
import { type Difference, differenceOf, type Language, MOST_ITEM } from '../../core/agreement-edit.ts';
import type { Cohort } from '../../core/cohort.ts';
import type { Action, Card, CardField, Form } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { clip, literal } from '../markup.ts';
import { counted, listed } from './list.ts';

/** Languages as they are chosen. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };

const languageName = (locale: string): string =>
  Object.entries(LANGUAGE_NAMES).find(([language]) => language === locale)?.[1] ?? locale;

type Words = Omit<AgreementText, 'version'>;

export interface WritingFacts {
  readonly cohort: Cohort;
  readonly text: Words;
  /** Missing while nothing was written that is not published. */
  readonly draft?: object | undefined;
  readonly standing: Agreement;
}

const BUTTONS_IN_ROW = 5;

const inRows = (actions: readonly Action[]): readonly (readonly Action[])[] =>
  actions.length === 0 ? [] : [actions.slice(0, BUTTONS_IN_ROW), ...inRows(actions.slice(BUTTONS_IN_ROW))];

const controls = ({ cohort: { id }, text: { locale }, draft }: WritingFacts): readonly Action[] => {
  const given = { cohort: id, language: locale };
  const other = locale === 'en' ? 'es' : 'en';
  return [
    { label: 'Add an item', command: 'agreement item', given, style: 'primary' },
    {
      label: `Write in ${languageName(other)}`,
      command: 'agreement edit',
      given: { cohort: id, language: other },
    },
    ...(draft
      ? ([
          {
            label: 'Look, then publish',
            command: 'agreement publish',
            given: { cohort: id },
            style: 'primary',
          },
          {
            label: 'Throw the draft away',
            command: 'agreement discard',
            given: { cohort: id },
            style: 'danger',
          },
        ] as const)
      : []),
  ];
};

/** The text of one language, with a button for each item. */
export const writing = (facts: WritingFacts): Card => {
  const { cohort, text, draft, standing } = facts;
  const numbers = text.items.map((_item, index) => ({
    label: String(index + 1),
    command: 'agreement item',
    given: { cohort: cohort.id, language: text.locale, number: String(index + 1) },
  }));
  return {
    title: `The agreement of ${literal(cohort.name)}, in ${languageName(text.locale)}`,
    text: text.items.map((item, index) => `${index + 1}. ${literal(item)}`).join('\n'),
    fields: [
      {
        name: draft ? 'A draft, not published' : `Version ${literal(standing.version)}, as it stands`,
        value:
          'Press the number of an item to change it, to move it or to take it out. Nobody is asked to sign any of it before you publish it; then everybody signs again.',
      },
    ],
    actions: [...inRows(numbers), controls(facts)],
  };
};

export interface ItemFacts {
  readonly cohort: Cohort;
  readonly text: Words;
  /** Missing for a new item. */
  readonly number?: number | undefined;
}

/** The form for one item, with its words to be changed in it. */
export const itemForm = ({ cohort, text, number }: ItemFacts): Form => {
  const places = text.items.length + (number === undefined ? 1 : 0);
  const written = number === undefined ? undefined : text.items[number - 1];
  return {
    title: number === undefined ? 'Add an item' : `Item ${number}`,
    command: 'agreement item',
    given: {
      cohort: cohort.id,
      language: text.locale,
      ...(number !== undefined && { number: String(number) }),
    },
    fields: [
      {
        kind: 'text',
        name: 'words',
        label: 'What it says',
        required: number === undefined,
        fewest: number === undefined ? 1 : 0,
        most: MOST_ITEM,
        long: true,
        ...(number === undefined ? {} : { hint: 'Leave it empty to take the item out' }),
        ...(written !== undefined && { written }),
      },
      {
        kind: 'choice',
        name: 'place',
        label: 'Its place in the list',
        hint: number === undefined ? 'At the end, if you choose none' : 'As it is, if you choose none',
        required: false,
        fewest: 0,
        most: 1,
        choices: Array.from({ length: places }, (_, index) => ({
          value: String(index + 1),
          label: String(index + 1),
        })),
      },
    ],
  };
};

/** Characters of an item where it is only to be recognised. */
const RECOGNISED = 160;

/** Characters of what has changed in one way, in one language: four times as many still fit on the card. */
const MOST_CHANGED = 1_000;

const changed = (name: string, items: readonly string[]): readonly CardField[] => {
  if (items.length === 0) return [];
  const lines = items.map((item) => `- ${literal(clip(item, RECOGNISED))}`);
  return [{ name, value: fitLines(lines, MOST_CHANGED, (left) => `- and ${left} more`) }];
};

const differences = ({ added, removed }: Difference, locale: string): readonly CardField[] => [
  ...changed(`New or changed (${locale})`, added),
  ...changed(`No longer there (${locale})`, removed),
];

export interface PublicationFacts {
  readonly cohort: Cohort;
  readonly next: Agreement;
  readonly before: Agreement;
  readonly mark: string;
  readonly inSession: boolean;
}

const untold = ({ next, before }: PublicationFacts): readonly string[] =>
  allowedBy([before], 'talk-time') && !allowedBy([next], 'talk-time')
    ? ['It no longer tells that Hearth may count how long each speaks: so that is not counted any more.']
    : [];

const closing = ({ inSession }: { readonly inSession: boolean }): string =>
  inSession
    ? 'A session is going on: its rooms stay open until it ends, and then close to each until they have signed this version.'
    : 'The rooms close to each until they have signed this version.';

/** What would be published: asked once more, because everybody signs again. */
export const publishing = (facts: PublicationFacts): Card => {
  const { cohort, next, before, mark } = facts;
  const languages = next.texts.map(({ text }) => text.locale);
  return {
    title: `Publish version ${literal(next.version)} of the agreement?`,
    text: [
      `**${literal(cohort.name)}** would sign ${counted(next.texts[0].text.items.length, 'item', 'items')} in ${listed(languages.map(languageName))}. Please see to it that each language says the same.`,
      closing(facts),
      ...untold(facts),
      'To leave it as it is, simply leave this.',
    ].join('\n\n'),
    fields: next.texts.flatMap(({ text }) => {
      const earlier = before.texts.find((each) => each.text.locale === text.locale);
      const difference = differenceOf(earlier?.text.items ?? [], text.items);
      return differences(difference, text.locale);
    }),
    actions: [
      [
        {
          label: 'Publish it',
          command: 'agreement publish',
          given: { cohort: cohort.id, mark, languages: languages.join() },
          style: 'danger',
        },
        { label: 'Go on writing', command: 'agreement edit', given: { cohort: cohort.id } },
      ],
    ],
  };
};

/** It was published. */
export const published = (facts: PublicationFacts): Card => ({
  title: `Version ${literal(facts.next.version)} is published`,
  text: `Everybody in **${literal(facts.cohort.name)}** finds it in the welcome room, and signs it there. ${closing(facts)} Please tell them why it was changed: Hearth sends them no message.`,
});

/** What was written is thrown away. */
export const discarded = (cohort: Cohort): Card => ({
  text: `What was written of a next version is thrown away. The agreement of **${literal(cohort.name)}** stays as it is.`,
});
