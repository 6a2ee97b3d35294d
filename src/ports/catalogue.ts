/** What the programme brings: agendas, topics, exercises and agreements, as data that a programme may edit. */
import type { Agenda, GroupType, SessionMinutes } from '../core/agenda.ts';
import type { Agreement } from '../core/agreement.ts';
import type { Exercise } from '../core/exercise.ts';
import type { Topic } from '../core/topic.ts';

export interface Catalogue {
  agenda(groupType: GroupType, minutes: SessionMinutes): Agenda;
  topics(): readonly Topic[];
  topic(id: string): Topic | undefined;
  exercises(): readonly Exercise[];
  exercise(id: string): Exercise | undefined;
  /** The agreement of every cohort that has none of its own. */
  agreement(): Agreement;
}
