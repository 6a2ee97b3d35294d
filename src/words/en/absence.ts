/** What is said when somebody tells that they cannot come. */
import { open } from '../../core/confidential.ts';
import type { Occurrence } from '../../core/occurrence.ts';
import type { Rsvp } from '../../core/rsvp.ts';
import type { Card } from '../card.ts';
import { moment, quote } from '../markup.ts';

/** That somebody cannot come was kept. */
export const told = ({ occurrence, rsvp }: { occurrence: Occurrence; rsvp: Rsvp }): Card => ({
  title: 'Thank you for telling us',
  text: `You cannot come on ${moment(occurrence.startsAt, 'F')}, and that is noted. Your therapist is told; the group is not. Nothing else is needed. If you can come after all, say so until it begins.`,
  ...(rsvp.reason && {
    fields: [{ name: 'Why (only your therapist and you read it)', value: quote(open(rsvp.reason), 500) }],
  }),
  actions: [
    [
      {
        label: 'I come after all',
        command: 'absence withdraw',
        given: { meeting: occurrence.id, cohort: occurrence.cohortId },
      },
    ],
  ],
});
