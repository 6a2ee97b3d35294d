/** What the programme brings: agendas, topics, exercises and agreements, as data that a programme may edit. */
import type { Agenda, GroupType, SessionMinutes } from '../core/agenda.ts';
import type { AgreementText } from '../core/agreement.ts';
import type { Exercise } from '../core/exercise.ts';
import type { Topic } from '../core/topic.ts';

export interface SignedText {
  readonly text: AgreementText;
  /** SHA-256 of its body, in hexadecimal. */
  readonly sha256: string;
}

export interface Catalogue {
  agenda(groupType: GroupType, minutes: SessionMinutes): Agenda;
  topics(): readonly Topic[];
  topic(id: string): Topic | undefined;
  exercises(): readonly Exercise[];
  exercise(id: string): Exercise | undefined;
  /** The agreement that must be signed now. */
  agreement(): SignedText;
}
