/** The catalogue, from a programme's content. */
import { createHash } from 'node:crypto';
import type { Agenda, GroupType, Phase, SessionMinutes } from '../../core/agenda.ts';
import { type Agreement, type AgreementText, agreementBody, type SignedText } from '../../core/agreement.ts';
import type { Exercise } from '../../core/exercise.ts';
import type { Topic } from '../../core/topic.ts';
import type { Catalogue } from '../../ports/catalogue.ts';

/** What a programme writes down; agendas as a row for each phase, with its minutes in a session of 60, 75 and 90. */
export interface Content {
  readonly agendas: Readonly<
    Record<GroupType, readonly (readonly [phase: Phase, in60: number, in75: number, in90: number])[]>
  >;
  readonly topics: readonly Topic[];
  readonly exercises: readonly Exercise[];
  /** The same agreement, one text a language, all of the same version. */
  readonly agreements: readonly [AgreementText, ...AgreementText[]];
}

const COLUMN = { 60: 1, 75: 2, 90: 3 } as const satisfies Record<SessionMinutes, number>;

const agendaOf = (rows: Content['agendas'][GroupType], minutes: SessionMinutes): Agenda =>
  rows.map((row) => ({ phase: row[0], minutes: row[COLUMN[minutes]] })).filter((step) => step.minutes > 0);

/** A text with the hash by which it is known. */
export const signedText = (text: AgreementText): SignedText => ({
  text,
  sha256: createHash('sha256').update(agreementBody(text)).digest('hex'),
});

const agreementOf = ([first, ...others]: Content['agreements']): Agreement => ({
  version: first.version,
  texts: [signedText(first), ...others.map(signedText)],
});

/** A catalogue of this content. */
export const catalogueOf = (content: Content): Catalogue => {
  const byId = new Map(content.topics.map((topic) => [topic.id, topic]));
  const exercises = new Map(content.exercises.map((exercise) => [exercise.id, exercise]));
  const agreement = agreementOf(content.agreements);
  return {
    agenda: (groupType, minutes) => agendaOf(content.agendas[groupType], minutes),
    topics: () => content.topics,
    topic: (id) => byId.get(id),
    exercises: () => content.exercises,
    exercise: (id) => exercises.get(id),
    agreement: () => agreement,
  };
};
