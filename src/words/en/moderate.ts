/** What facilitators are told of what stands in their session. */
import type { Holds } from '../../core/moderation.ts';
import type { Card } from '../card.ts';
import { mention } from '../markup.ts';
import { people } from './people.ts';

const named = (label: string, accounts: readonly string[]): readonly string[] =>
  accounts.length > 0 ? [`${label}: ${people(accounts, '')}`] : [];

/** What stands, one line each; none when nothing does. */
export const holdLines = (holds: Holds): readonly string[] => [
  ...(holds.insideOnly ? ['The voice room is locked: nobody else comes in'] : []),
  ...(holds.isChatHeld ? ['The chat is held: the group reads, and does not write'] : []),
  ...named('Not heard', holds.muted),
  ...named('Listening only', holds.timedOut),
  ...named('Not in this session', holds.removed),
  ...(holds.aside ? [`Aside: ${mention(holds.aside.account)} with ${mention(holds.aside.facilitator)}`] : []),
];

/** What stands now, and that all of it ends. */
export const shown = (holds: Holds): Card => {
  const lines = holdLines(holds);
  return {
    title: 'In this session',
    text: [
      ...(lines.length > 0 ? lines.map((line) => `- ${line}`) : ['Nothing is held.']),
      'All of it ends with the session, and a mute when somebody leaves the room.',
    ].join('\n'),
    ...(lines.length > 0 && { actions: [[{ label: 'Undo all of it', command: 'moderate undo' }]] }),
  };
};
