/** The answer to whoever asks for help, in any language: lines first, then plainly what Hearth does and does not do. */
import { type CrisisLine, type CrisisLines, REGIONS, type Region } from '../core/crisis-line.ts';
import type { Telling } from '../core/help.ts';
import type { Action, Card, CardField } from './card.ts';
import { fieldsUnder } from './fields-under.ts';
import { literal } from './markup.ts';

/** What every language says of it. */
export interface HelpSentences {
  /** BCP 47, for the names of countries. */
  readonly locale: string;
  readonly title: string;
  readonly telling: Readonly<Record<Telling, string>>;
  readonly bot: string;
  readonly danger: string;
  readonly dangerAnywhere: string;
  readonly call: string;
  readonly text: string;
  readonly linesOf: (country: string) => string;
  readonly linesAnywhere: string;
  readonly directory: string;
  readonly whichCountry: string;
  readonly regions: Readonly<Record<Region, string>>;
  readonly notListed: string;
  readonly anotherCountry: string;
}

export interface HelpFacts {
  /** Missing when somebody only chooses their country: nothing is said of it again. */
  readonly telling?: Telling;
  /** Of the country that they chose; missing when they have chosen none. */
  readonly lines?: CrisisLines;
  /** Countries to choose from, once a region is chosen. */
  readonly countries?: readonly string[];
}

const COMMAND = 'help-now';
const ROW = 5;

const lineOf =
  ({ call, text }: HelpSentences) =>
  (line: CrisisLine): string => {
    const ways = [
      ...(line.call === undefined ? [] : [`${call} **${literal(line.call)}**`]),
      ...(line.text === undefined ? [] : [`${text} **${literal(line.text)}**`]),
    ];
    return ways.length > 0 ? `- ${literal(line.name)}: ${ways.join(', ')}` : `- ${literal(line.name)}`;
  };

const countryName = ({ locale }: HelpSentences, country: string): string =>
  new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country;

const fieldsOf = (said: HelpSentences, lines: CrisisLines | undefined): readonly CardField[] => {
  const linesName = lines ? said.linesOf(countryName(said, lines.country)) : said.linesAnywhere;
  return lines
    ? [
        { name: said.danger, value: `${said.call} **${literal(lines.emergency)}**` },
        ...fieldsUnder(linesName, lines.lines.map(lineOf(said))),
      ]
    : [
        { name: said.danger, value: said.dangerAnywhere },
        { name: linesName, value: said.directory },
      ];
};

const inRows = (actions: readonly Action[]): readonly (readonly Action[])[] =>
  Array.from({ length: Math.ceil(actions.length / ROW) }, (_, row) =>
    actions.slice(row * ROW, (row + 1) * ROW),
  );

const regionButtons = (said: HelpSentences): readonly Action[] =>
  REGIONS.map((region) => ({ label: said.regions[region], command: COMMAND, given: { region } }));

const countryButtons = (said: HelpSentences, countries: readonly string[]): readonly Action[] => [
  ...countries
    .map((country) => ({ label: countryName(said, country), command: COMMAND, given: { country } }))
    .toSorted((one, other) => one.label.localeCompare(other.label, said.locale)),
  { label: said.notListed, command: COMMAND, given: { country: 'other' } },
];

const actionsOf = (said: HelpSentences, { lines, countries }: HelpFacts): readonly (readonly Action[])[] => {
  if (countries) return inRows(countryButtons(said, countries));
  return lines
    ? [[{ label: said.anotherCountry, command: COMMAND, given: { country: 'choose' } }]]
    : inRows(regionButtons(said));
};

/** The card of these sentences. */
export const helpCard =
  (said: HelpSentences) =>
  (facts: HelpFacts): Card => ({
    title: said.title,
    text:
      [
        ...(facts.telling ? [said.telling[facts.telling], said.bot] : []),
        ...(facts.lines ? [] : [said.whichCountry]),
      ].join('\n\n') || said.bot,
    fields: fieldsOf(said, facts.lines),
    actions: actionsOf(said, facts),
    ...(!facts.lines && {
      links: [
        { label: 'findahelpline.com', address: 'https://findahelpline.com' },
        { label: 'befrienders.org', address: 'https://befrienders.org' },
      ],
    }),
    tone: 'attention',
  });
