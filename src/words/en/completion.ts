/** What is offered while somebody types an option. */
import type { Completion } from '../../core/completion.ts';
import { type Confidential, open } from '../../core/confidential.ts';
import type { Choice } from '../card.ts';
import { visible } from '../markup.ts';
import { wallName } from './day.ts';
import { KINDS } from './task.ts';

const inOneLine = (written: Confidential<string>): string => visible(open(written)).replace(/\s+/g, ' ');

/** One thing that may be chosen, with what it stands for. */
export const completion = (found: Completion): Choice => {
  switch (found.kind) {
    case 'cohort':
      return { label: found.name, value: found.name };
    case 'topic':
      return { label: found.title, value: found.id };
    case 'exercise':
    case 'breathing':
      return { label: found.title, value: found.id };
    case 'goal':
      return {
        label: found.text ? `${found.number}: ${inOneLine(found.text)}` : `Goal ${found.number}`,
        value: String(found.number),
      };
    case 'media':
      return { label: `${found.number}: ${inOneLine(found.title)}`, value: String(found.number) };
    case 'meeting':
    case 'skipped-meeting':
      return { label: `${wallName(found.wall)} (${found.zone})`, value: found.id };
    case 'task':
      return { label: `${found.number}: ${KINDS[found.about]}`, value: String(found.number) };
  }
};
