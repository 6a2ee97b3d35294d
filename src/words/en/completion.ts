/** What is offered while somebody types an option. */
import type { Completion } from '../../core/completion.ts';
import { open } from '../../core/confidential.ts';
import type { Choice } from '../card.ts';
import { clip, visible } from '../markup.ts';

/** As much as Discord shows, and takes, at once. */
const MOST_CHOICES = 25;
const LONGEST_LABEL = 100;

const choiceOf = (completion: Completion): Choice => {
  switch (completion.kind) {
    case 'cohort':
      return { label: completion.name, value: completion.name };
    case 'topic':
      return { label: clip(completion.title, LONGEST_LABEL), value: completion.id };
    case 'goal': {
      const { number, text } = completion;
      const label = `${number}: ${visible(open(text)).replace(/\s+/g, ' ')}`;
      return { label: clip(label, LONGEST_LABEL), value: String(number) };
    }
  }
};

/** Those that contain what was typed, whatever the case. */
export const choices = (completions: readonly Completion[], typed: string): readonly Choice[] => {
  const wanted = typed.trim().toLowerCase();
  return completions
    .map(choiceOf)
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .slice(0, MOST_CHOICES);
};
