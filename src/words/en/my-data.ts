/** What people are told of what is kept of them: what, why, for how long, and what they can have erased. */
import { open } from '../../core/confidential.ts';
import { DATA_CLASSES, type DataClass, ERASABLE, type Keeping, type OwnFact } from '../../core/own-data.ts';
import type { Action, Card, CardField, Enclosure } from '../card.ts';
import { literal, visible } from '../markup.ts';
import { counted, listed } from './list.ts';

export const WHAT: Readonly<Record<DataClass, string>> = {
  'check-in': 'How you arrived at sessions',
  reflection: 'What you took away from sessions',
  intention: 'Your intentions, in your own words',
  reason: 'Why you could not come',
  place: 'Where you were in sessions, and whom to call for you',
  turn: 'When you took your turn to speak',
  'talk-time': 'How long you spoke',
  'microphone-test': 'Tests of your microphone',
  preference: 'How you are reminded',
  country: 'The country of your crisis lines',
  'calendar-address': 'Addresses for your calendar',
  'page-address': 'Addresses of pages that you were given',
  notice: 'What you were told or reminded of, and when',
  membership: 'The groups that you are or were in',
  agreement: 'The agreements that you signed',
  meeting: 'Your meetings, and whether you came',
  attendance: 'Your attendance',
  goal: 'Your goals',
  task: 'What staff were asked to look after for you',
  alert: 'When you asked for help',
  moderation: 'What facilitators did in a session',
  'emergency-access': 'When you opened a group in an emergency',
  hold: 'That what is kept of you is or was held',
  audit: 'Who did what with your data',
};

const WHY: Readonly<Record<DataClass, string>> = {
  'check-in': 'so that the group or the facilitators, whom you chose, know how you are',
  reflection: 'so that you and those whom you chose can come back to it',
  intention: 'so that it comes back to you next time',
  reason: 'so that the facilitators understand, and can look after you',
  place: 'so that help finds you, should you need it while you are with the group',
  turn: 'so that everybody has their turn',
  'talk-time': 'so that the facilitators see whether everybody has room, where the agreement says so',
  'microphone-test': 'so that nobody is asked to test twice',
  preference: 'so that you are reached as you like',
  country: 'so that you are shown the right lines at once',
  'calendar-address': 'so that your calendar finds the times of your groups',
  'page-address': 'so that each page opens once, for you alone',
  notice: 'so that you are told once, and can see that you were',
  membership: 'because the programme must know whom it works with',
  agreement: 'because it shows what you agreed to, and what you did not',
  meeting: 'because the programme must know when it met with you',
  attendance: 'because the programme has to show what it provided to whom',
  goal: 'because they belong to the record of the programme',
  task: 'because it belongs to the record of the programme',
  alert: 'because it must stay possible to see whether help came in time',
  moderation: 'because it must stay possible to see how you were treated',
  'emergency-access':
    'because those whose group it is may know who opened it, and why; the reason is read with `/break-glass show`',
  hold: 'because a law may forbid the programme to let go of something',
  audit:
    'because nobody may be able to wipe out what they did with the data of others; it names you by a random code',
};

/** What can be chosen to be erased. */
export const ERASE = {
  ...WHAT,
  all: 'Everything that can be erased on this server',
  me: 'All of me, everywhere, after I have left',
} as const;

/** Choices of it: one class, all of them, or the whole person. */
export const ERASE_CHOICES = ['all', ...ERASABLE, 'me'] as const;

export const AS = { page: 'As a page to read', json: 'As JSON, for another program' } as const;

/** Groups that are named beside each class: with more, all classes together would not fit on a card. */
const MOST_NAMED = 2;

const afterDays = (days: number, own: Keeping['own']): string => {
  const named = own.slice(0, MOST_NAMED);
  const others = named.map((each) => `in ${literal(each.group)} after ${counted(each.days, 'day', 'days')}`);
  const more = own.length - named.length;
  const rest = more > 0 ? [`after other days in ${counted(more, 'more group', 'more groups')}`] : [];
  return `It goes by itself ${listed([`after ${counted(days, 'day', 'days')}`, ...others, ...rest])}.`;
};

const until = ({ days, erasable, own }: Keeping): string => {
  if (days !== undefined) return afterDays(days, own);
  return erasable
    ? 'It is kept until you change or erase it.'
    : 'The programme decides for how long, as the law asks.';
};

const fieldOf = (keeping: Keeping): CardField => ({
  name: WHAT[keeping.is],
  value: [
    `${counted(keeping.count, 'entry', 'entries')}, ${WHY[keeping.is]}.`,
    until(keeping),
    keeping.erasable ? 'You can erase it.' : 'It cannot be erased on request.',
  ].join(' '),
});

const EXPORT: Action = { label: 'Give me all of it', command: 'my-data export', style: 'secondary' };
const ERASING: Action = {
  label: 'Erase what can be erased',
  command: 'my-data erase',
  given: { what: 'all' },
  style: 'secondary',
};

const HELD =
  '**Just now nothing of it goes, neither by itself nor on request: the programme must keep it for a legal reason.** ';

/** What is kept, class by class; `held` while none of it may go. */
export const shown = (keeping: readonly Keeping[], held: boolean): Card =>
  keeping.length === 0
    ? { title: 'What is kept of you', text: 'Nothing is kept of you on this server.' }
    : {
        title: 'What is kept of you on this server',
        text: `${held ? HELD : ''}What you wrote is stored encrypted, with a key of your own. Hearth keeps no messages and records no calls. What stands in Discord itself is kept by Discord.`,
        fields: keeping.map(fieldOf),
        actions: [[EXPORT, ERASING]],
      };

const WHOLE =
  'All that can be erased goes, on every server, and the key to what you wrote and what was written about you is destroyed: then it opens for nobody, not even for us. What the programme has to keep (attendance, agreements, alerts) stays under a code and no longer leads to you. If you come back one day, you begin anew.';

/** Nothing is erased before this is pressed. */
export const sure = (what: DataClass | 'all' | 'me', keeping: readonly Keeping[]): Card => {
  const going = keeping.filter(
    ({ is, erasable }) => erasable && (what !== is ? what === 'all' || what === 'me' : true),
  );
  if (what !== 'me' && going.length === 0) {
    return { text: 'There is nothing of that to be erased. `/my-data show` tells what is kept of you.' };
  }
  const list = listed(going.map(({ is, count }) => `${WHAT[is].toLowerCase()} (${count})`));
  return {
    title: 'Erase this?',
    text: [
      what === 'me' ? WHOLE : `This would go: ${list}.`,
      'It cannot be brought back. If you would like to keep it for yourself, use `/my-data export` first.',
    ].join('\n\n'),
    actions: [
      [{ label: 'Yes, erase it', command: 'my-data erase', given: { what, sure: 'yes' }, style: 'danger' }],
    ],
    tone: 'attention',
  };
};

const stays = (keeping: readonly Keeping[]): readonly string[] =>
  keeping.filter(({ erasable }) => !erasable).map(({ is }) => `- ${WHAT[is]}: ${WHY[is]}.`);

/** What went, and what stays and why. */
export const erased = (gone: ReadonlyMap<DataClass, number>, left: readonly Keeping[]): Card => ({
  title: 'Erased',
  text: [
    gone.size === 0
      ? 'There was nothing any more to be erased.'
      : `Gone for good: ${listed([...gone].map(([is, count]) => `${WHAT[is].toLowerCase()} (${count})`))}.`,
    ...(left.some(({ erasable }) => !erasable) ? ['', 'This stays:', ...stays(left)] : []),
    '',
    'A backup from before holds it until it is thrown away.',
  ].join('\n'),
});

/** The whole person. */
export const personErased = (): Card => ({
  title: 'Erased',
  text: 'All that could be erased is gone, and nothing opens any more of what you wrote. What the programme has to keep no longer leads to you. A backup from before holds it until it is thrown away. We wish you well.',
});

/** What goes with the file. */
export const exported = (keeping: readonly Keeping[]): Card => ({
  title: 'All that is kept of you on this server',
  text:
    keeping.length === 0
      ? 'Nothing is kept of you on this server; the file is empty.'
      : 'The file holds all of it, also what you wrote. Please keep it where nobody else reads it.',
  ...(keeping.length > 0 && { fields: keeping.map(fieldOf) }),
});

interface Exported {
  readonly madeAt: Date;
  readonly keeping: readonly Keeping[];
  readonly records: readonly {
    readonly is: DataClass;
    readonly group?: string;
    readonly facts: Readonly<Record<string, OwnFact>>;
  }[];
}

const plainly = (fact: OwnFact): unknown =>
  fact !== null && typeof fact === 'object' && !('length' in fact) ? open(fact) : fact;

const factsOf = (facts: Readonly<Record<string, OwnFact>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, plainly(fact)]));

const inClass = ({ records }: Exported, is: DataClass) => records.filter((each) => each.is === is);

const documentOf = (exported: Exported) => ({
  madeAt: exported.madeAt.toISOString(),
  kept: exported.keeping.map((keeping) => ({
    ...{ class: keeping.is, what: WHAT[keeping.is], why: WHY[keeping.is], entries: keeping.count },
    ...{ days: keeping.days ?? null, erasable: keeping.erasable },
    records: inClass(exported, keeping.is).map(({ group, facts }) => ({
      group: group ?? null,
      ...factsOf(facts),
    })),
  })),
});

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => visible(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

const readable = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(readable).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${readable(each)}`)
    .join('; ');
};

const rowOf = (facts: Readonly<Record<string, unknown>>): string => {
  const told = Object.entries(facts).filter(([, value]) => readable(value) !== '');
  const pairs = told.map(
    ([name, value]) => `<dt>${escaped(name.replaceAll('_', ' '))}</dt><dd>${escaped(readable(value))}</dd>`,
  );
  return `<dl>${pairs.join('')}</dl>`;
};

const pageOf = (exported: Exported): string => {
  const { madeAt, kept } = documentOf(exported);
  const sections = kept.map(
    ({ what, why, entries, records }) =>
      `<h2>${escaped(what)}</h2>\n<p>${escaped(`${counted(entries, 'entry', 'entries')}, ${why}.`)}</p>\n${records.map(rowOf).join('\n')}`,
  );
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<title>What is kept of you</title>',
    '<style>body{max-width:45rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif}dl{border-top:1px solid}dt{font-weight:bold}</style>',
    '</head><body>',
    `<h1>What is kept of you</h1>\n<p>As of ${escaped(madeAt)}. Times are in UTC.</p>`,
    ...sections,
    '</body></html>',
    '',
  ].join('\n');
};

/** All that is kept, as a file. */
export const file = (exported: Exported, as: keyof typeof AS): Enclosure => {
  const name = `my-data-${exported.madeAt.toISOString().slice(0, 'YYYY-MM-DD'.length)}`;
  return as === 'json'
    ? { name: `${name}.json`, content: `${JSON.stringify(documentOf(exported))}\n` }
    : { name: `${name}.html`, content: pageOf(exported) };
};

/** What would go in the coming night, for admins. */
export const due = (
  classes: readonly {
    readonly is: DataClass;
    readonly days: number;
    readonly count: number;
    readonly held: number;
  }[],
): Card => ({
  title: 'What goes tonight on this server',
  text: [
    ...classes.map(
      ({ is, days, count, held }) =>
        `- ${WHAT[is]}, after ${counted(days, 'day', 'days')}: ${count === 0 ? 'nothing' : counted(count, 'entry', 'entries')}${held === 0 ? '' : `; ${counted(held, 'entry', 'entries')} held, see \`/retention holds\``}`,
    ),
    '',
    'Nothing was changed. Each night it goes by itself, and the audit keeps a line of it: the class, how much, and when. Whoever runs Hearth sets other days with HEARTH_RETENTION; you set those of a group with `/retention set`, which count for what is of that group.',
    `What is kept longer: ${listed(DATA_CLASSES.filter((each) => !classes.some(({ is }) => is === each)).map((each) => WHAT[each].toLowerCase()))}.`,
  ].join('\n'),
});
