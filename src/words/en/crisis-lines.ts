/** What admins are told about the crisis lines that their people are shown. */
import { type CrisisLines, isStale } from '../../core/crisis-line.ts';
import type { Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal } from '../markup.ts';
import { counted } from './list.ts';

const lineOf =
  (now: Date) =>
  (entry: CrisisLines): string => {
    const { country, emergency, lines, verifiedOn } = entry;
    const each = lines.map(({ name, call, text }) =>
      [name, ...(call === undefined ? [] : [call]), ...(text === undefined ? [] : [`text ${text}`])].join(
        ' ',
      ),
    );
    const old = isStale(entry, now) ? ', **to be verified**' : '';
    return `**${country}** ${literal(emergency)}; ${literal(each.join('; '))} (verified ${verifiedOn}${old})`;
  };

/** Characters of a list on a card. */
const MOST = 3_000;

/** All of them, those to be verified first. */
export const listed = (entries: readonly CrisisLines[], now: Date): Card => {
  const stale = entries.filter((entry) => isStale(entry, now));
  const sound = entries.filter((entry) => !isStale(entry, now));
  return {
    title: 'Crisis lines',
    text: [
      'People are shown the lines of the country that they choose, and never those of another. Verify those of your own countries: call them, or look at their own pages; then `/crisis-lines confirm`, or `/crisis-lines set` with what is right.',
      ...(stale.length > 0 ? [warning(stale.length)] : []),
      fitLines(
        [...stale, ...sound].map(lineOf(now)),
        MOST,
        (count) => `and ${count} more; name a country to see its own`,
      ),
    ].join('\n\n'),
    tone: stale.length > 0 ? 'attention' : 'calm',
  };
};

/** Some were verified more than half a year ago. */
export const warning = (count: number): string =>
  `${counted(count, 'entry was', 'entries were')} last verified more than 180 days ago.`;

/** Told to the staff of a group, who hand it on: only admins verify. */
export const linesOld = (count: number): string =>
  `${counted(count, 'entry of the crisis lines that people here are shown was', 'entries of the crisis lines that people here are shown were')} last verified more than 180 days ago. Please have somebody who manages this server call them, or look at their own pages, and say so with \`/crisis-lines confirm\`; \`/crisis-lines list\` names them.`;

/** They are verified as of today. */
export const verified = (entry: CrisisLines, now: Date): Card => ({
  title: 'Crisis lines',
  text: `From now on people see:\n${lineOf(now)(entry)}`,
});
