/** What admins are told of who has signed which version of the agreement when. */
import type { SignatureLine } from '../../core/signature-report.ts';
import type { Card, Enclosure } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, mention, moment } from '../markup.ts';
import { counted } from './list.ts';

/** Characters of the list on a card; the file holds all of it. */
const MOST = 3_500;

const METHODS = { form: 'in the form', command: 'by command' } as const;

const state = ({ signature, holds, left }: SignatureLine): string => {
  if (!signature) return 'has not signed what holds now';
  const { version, locale, signedAt, method, withdrawnAt } = signature;
  const signed = `signed version ${literal(version)} (${locale}) on ${moment(signedAt)}, ${METHODS[method]}`;
  if (withdrawnAt) return `${signed}; withdrawn on ${moment(withdrawnAt)}`;
  if (left) return `${signed}; has left`;
  return holds ? `${signed}; it holds` : `${signed}; it holds no longer`;
};

const line = (each: SignatureLine): string =>
  `- ${mention(each.account)} (${each.code})${each.cycle === 0 ? '' : `, cycle ${each.cycle}`}: ${state(each)}.`;

/** Signature by signature, and who lacks one. */
export const shown = (name: string, lines: readonly SignatureLine[]): Card => {
  const missing = lines.filter(({ signature }) => !signature).length;
  return {
    title: `Signatures of ${literal(name)}`,
    text:
      lines.length === 0
        ? 'Nobody was on the roster then.'
        : [
            missing === 0
              ? 'Everybody on the roster has signed what holds now.'
              : `${counted(missing, 'person has', 'people have')} not signed what holds now.`,
            '',
            fitLines(
              lines.map(line),
              MOST,
              (left) => `${counted(left, 'more line is', 'more lines are')} in the file.`,
            ),
          ].join('\n'),
  };
};

/** The table as a file: its name tells the day, and nobody. */
export const file = (today: string, content: string): Enclosure => ({
  name: `signatures-${today}.csv`,
  content,
});
