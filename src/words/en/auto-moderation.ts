/** What people read of the rules by which Discord itself stops messages. */
import {
  type AutoModeration,
  MANAGE_SERVER,
  MOST_EXEMPT,
  MOST_MENTIONED,
  type RuleKind,
} from '../../core/auto-moderation.ts';

/** Names of the rules, as they stand in the settings of the server. */
export const names: Readonly<Record<RuleKind, string>> = {
  invitations: 'Hearth: invitations to other servers',
  mentions: `Hearth: more than ${MOST_MENTIONED} mentions at once`,
  insults: 'Hearth: insults, by Discord’s own list',
};

/** Told to whoever wrote what was stopped; 150 characters at most. */
export const stopped =
  'This was not posted: it holds an invitation, many mentions or an insult. If that is a mistake, please ask staff.';

/** Whether there are rules, as it is chosen. */
export const CHOICES: Readonly<Record<AutoModeration, string>> = {
  off: 'No',
  on: 'Yes',
  shown: 'Yes, and Discord shows the staff what it stopped',
};

const HOLDS = `Discord itself stops invitations to other servers, more than ${MOST_MENTIONED} mentions at once, and insults of its own list in the rooms of the group; Hearth reads no message. Discord’s rules are those of a whole server: Hearth exempts every other room, ${MOST_EXEMPT} at most, and with more it makes none. It never touches rules of others, and where one of the server’s own stands in the place of one of these, that one holds. Whoever may manage the server is stopped by none.`;

/** What holds in a group. */
export const holds: Readonly<Record<AutoModeration, string>> = {
  off: `Discord stops no messages by rules of Hearth’s. That is an option (\`auto-moderation\`), for which Hearth needs ${MANAGE_SERVER}.`,
  on: HOLDS,
  shown: `${HOLDS} Discord shows the staff what it stopped, in their room; while another group of the server has rules, too, nothing is shown, so that nobody reads what another group wrote.`,
};
