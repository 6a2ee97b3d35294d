/** What facilitators are told when they move the session by a command. */
import { type Paused, phaseOf, type Running, type Session } from '../../core/session.ts';
import type { Card } from '../card.ts';
import { literal, moment } from '../markup.ts';
import { PHASE_NAMES } from './phase.ts';

const until = (session: Session): string =>
  session.state === 'running' ? ` It is planned until ${moment(session.plannedEndAt, 't')}.` : '';

const phase = (session: Running | Paused): string => `**${PHASE_NAMES[phaseOf(session)]}**`;

/** A session was opened on that topic. */
export const opened = (session: Running, topicTitle: string): Card => ({
  title: `Session ${session.number} is open`,
  text: `The topic is **${literal(topicTitle)}**. The group begins with ${phase(session)}.${until(session)} The controls are in the staff room.`,
});

/** How it stands after a change. */
export const changed = (session: Session): Card => {
  switch (session.state) {
    case 'running':
      return { text: `The group is in ${phase(session)}.${until(session)}` };
    case 'paused':
      return {
        text: `The session is paused in ${phase(session)}. The minutes that were left are kept. Go on with \`/session resume\`.`,
      };
    case 'ended':
      return {
        text: 'The session has ended, and attendance is kept. See it with `/attendance show`.',
      };
  }
};

/** Asks once more: an ended session is not opened again. */
export const ending = (): Card => ({
  title: 'End the session now?',
  text: 'It is not in its last part yet. An ended session cannot be opened again. To go on, simply leave this.',
  actions: [[{ label: 'Yes, end it', command: 'session end', given: { sure: 'yes' }, style: 'danger' }]],
});
