/** How a goodbye is chosen when somebody leaves a group, and how a button carries it. */
import { FAREWELLS, type Farewell, type Goodbye, NO_GOODBYE } from '../../core/farewell.ts';
import type { CardField } from '../card.ts';

/** Lines as they are chosen. */
export const FAREWELL_NAMES: Readonly<Record<Farewell, string>> = {
  none: 'Nothing',
  unnamed: 'That somebody has left, without a name',
  left: 'That this person has left, with thanks',
  completed: 'That this person has completed their time, with good wishes',
};

const LETTERS: Readonly<Record<Farewell, string>> = { none: '', unnamed: 'u', left: 'l', completed: 'c' };

/** What a button carries: it holds a hundred characters, most of which are taken by the group and the person. */
export const GOODBYE_CODES = ['yes', 'u', 'l', 'c', 'd', 'du', 'dl', 'dc'] as const;

/** The goodbye as one of the codes. */
export const goodbyeCode = ({ direct, line }: Goodbye): string =>
  `${direct ? 'd' : ''}${LETTERS[line]}` || 'yes';

/** The goodbye that a code stands for. */
export const goodbyeOf = (code: string): Goodbye => {
  const all = [true, false].flatMap((direct) => FAREWELLS.map((line) => ({ direct, line })));
  return all.find((goodbye) => goodbyeCode(goodbye) === code) ?? NO_GOODBYE;
};

/** What was chosen, as it is read before it is done. */
export const farewellFields = ({ direct, line }: Goodbye): readonly CardField[] => [
  {
    name: 'The goodbye',
    value: [
      direct
        ? 'They are thanked by direct message, if they take any.'
        : 'They get no message: please tell them yourself.',
      `The group is told: ${FAREWELL_NAMES[line].toLowerCase()}.`,
    ].join('\n'),
  },
];
