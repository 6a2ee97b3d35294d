/** What the programme brings: agendas, topics and agreements, as data that a programme may edit. */
import type { Agenda, GroupType, SessionMinutes } from '../core/agenda.ts';
import type { AgreementText } from '../core/agreement.ts';

export interface Topic {
  readonly id: string;
  readonly groupType: GroupType;
  readonly title: string;
  readonly aim: string;
  readonly exercise: string;
  readonly prompts: readonly string[];
  /** How much of oneself it asks for: 1 little … 3 much. */
  readonly disclosure: 1 | 2 | 3;
  readonly minutes: number;
}

export interface SignedText {
  readonly text: AgreementText;
  /** SHA-256 of its body, in hexadecimal. */
  readonly sha256: string;
}

export interface Catalogue {
  agenda(groupType: GroupType, minutes: SessionMinutes): Agenda;
  topics(): readonly Topic[];
  topic(id: string): Topic | undefined;
  /** The agreement that must be signed now. */
  agreement(): SignedText;
}
