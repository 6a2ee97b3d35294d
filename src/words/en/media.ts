/** What is said about recordings of the programme, and about links that are shown to the group. */
import type { LinkCard } from '../../core/board.ts';
import { open } from '../../core/confidential.ts';
import { hostOf } from '../../core/link.ts';
import type { MediaItem } from '../../core/media.ts';
import type { Card } from '../card.ts';
import { fitLines } from '../fit-lines.ts';
import { literal, quote } from '../markup.ts';
import { clock } from './exercise-card.ts';
import { counted } from './list.ts';

/** Characters that the list may take of a card. */
const MOST_LISTED = 3_500;

const named = ({ number, title }: MediaItem): string => `**${number}**: ${literal(open(title))}`;

const line = (item: MediaItem): string => `- ${named(item)} (${clock(item.durationMs)} minutes)`;

/** One was added. */
export const added = (item: MediaItem): Card => ({
  title: 'It is kept',
  text: `${named(item)}, ${clock(item.durationMs)} minutes. It is stored encrypted, and only this group can hear it. Play it in a session with \`/media play\`.`,
});

/** What the group has. */
export const listed = (items: readonly MediaItem[]): Card =>
  items.length === 0
    ? { text: 'The group has no recordings yet. Add one with `/media add`.' }
    : {
        title: counted(items.length, 'recording', 'recordings'),
        text: fitLines(
          items.map(line),
          MOST_LISTED,
          (count) => `${counted(count, 'more is', 'more are')} kept, too.`,
        ),
      };

/** Asks once more: what was removed is not to be had back. */
export const removing = (item: MediaItem): Card => ({
  title: 'Remove this recording?',
  text: `${named(item)}. The sound, its title and its text are deleted for good.`,
  actions: [
    [
      {
        label: 'Remove it for good',
        command: 'media remove',
        given: { recording: String(item.number), sure: 'yes', cohort: item.cohortId },
        style: 'danger',
      },
    ],
  ],
});

/** It was removed. */
export const removed = (number: number): Card => ({
  text: `Recording **${number}** is removed. Nothing of its sound, its title or its text is kept.`,
});

/** What became of the invitation to watch together. */
export const shared = (invitation: 'invited' | 'not-invited'): Card => ({
  text:
    invitation === 'invited'
      ? 'The link stands in the group room, with an invitation to watch it together in the voice room.'
      : 'The link stands in the group room. An invitation to watch it together could not be had from Discord this time, which is nothing unusual: everybody can open the link by themselves, or somebody can start “Watch Together” in the voice room.',
});

/** The link for the group. */
export const linkCard = ({ address, title, alternative, invitation }: LinkCard): Card => {
  const shown = open(address);
  return {
    title: 'To watch together',
    text: [
      `**${literal(open(title))}**, on ${literal(hostOf(shown))}`,
      ...(alternative ? [`What is to be seen and heard, in words:\n${quote(open(alternative))}`] : []),
      'The link leads out of Discord, to a website that is not ours. You need not watch; passing is always fine.',
    ].join('\n\n'),
    links: [
      { label: 'Open the link', address: shown },
      ...(invitation ? [{ label: 'Watch together in the voice room', address: open(invitation) }] : []),
    ],
  };
};
