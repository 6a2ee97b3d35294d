/** What is said about the address of somebody's own calendar, and what stands in that calendar. */
import type { Action, Card } from '../card.ts';
import { moment } from '../markup.ts';

/** Neutral words: a calendar is seen by more people than a group is. */
export const CALENDAR_NAME = 'Group times';
export const EVENT_NAME = 'Group';

const ANOTHER: Action = {
  label: 'Make a new address',
  command: 'calendar link',
  given: { sure: 'yes' },
  style: 'secondary',
};

const ONLY_HERE =
  'This address works only on the machine that Hearth runs on, and not in the calendar of your phone or computer. Please ask the people who run Hearth for one that works everywhere.';

/** The address, shown this once; `onlyHere` when it opens on no other machine than that of Hearth. */
export const linked = (address: string, onlyHere: boolean): Card => ({
  title: 'An address for your calendar',
  text: [
    'Add this address to your calendar app as a subscription (some apps say "from URL"). It then shows when your groups meet, and follows when a time is moved or left out.',
    `\`${address}\``,
    ...(onlyHere ? [ONLY_HERE] : []),
    'It tells times only: no names, no topics. Whoever has the address can see these times, so keep it to yourself. It is shown only now. To end it, use `/calendar revoke`.',
  ].join('\n\n'),
});

/** One works already. */
export const linkedAlready = (madeAt: Date): Card => ({
  title: 'Your calendar has an address already',
  text: `It was made ${moment(madeAt, 'R')}, and it works. It cannot be shown again. A new address ends the old one, and you would add it to your calendar anew. To keep the old one, simply leave this.`,
  actions: [[ANOTHER]],
});

/** None works any more. */
export const revoked = (): Card => ({
  text: 'No address of your calendar works any more. What your calendar app has copied may stay there until you remove the subscription. You can make a new address with `/calendar link` whenever you like.',
});
