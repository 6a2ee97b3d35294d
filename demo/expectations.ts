/** What must have come out of the story, in plain sentences: a demo that went wrong must not look as if it went well. */
import { CAST } from './cast.ts';
import type { StoryDocument } from './document.ts';

type Expectation = readonly [holds: (story: StoryDocument) => boolean, otherwise: string];

const people = CAST.participants.length;
const ROOMS = ['category', 'welcome', 'group', 'voice', 'staff'] as const;
const PLAYED = ['welcome', 'check-in', 'topic', 'discussion', 'exercise', 'reflection'] as const;

const EXPECTATIONS: readonly Expectation[] = [
  [
    ({ cohort }) => ROOMS.every((kind) => cohort.rooms.includes(kind)),
    'The cohort does not have its five rooms.',
  ],
  [({ signatures }) => signatures.length === people, 'Not everybody has signed.'],
  [
    ({ phases }) => PLAYED.every((phase) => phases.some((each) => each.phase === phase)),
    'Not every phase was played.',
  ],
  [({ checkIns }) => checkIns.length === people, 'Not everybody has checked in.'],
  [({ checkIns }) => checkIns.some(({ share }) => share === 'pass'), 'The pass was not kept as a check-in.'],
  [({ turns }) => turns.filter(({ state }) => state === 'done').length === 3, 'Not three people had a turn.'],
  [({ attendance }) => attendance.length === people, 'Attendance is missing for somebody.'],
  [
    ({ attendance }) => attendance.find(({ person }) => person === 'Hana')?.status === 'late',
    'Hana came late, and attendance does not say so.',
  ],
  [
    ({ attendance }) => attendance.find(({ person }) => person === 'Eli')?.status === 'excused',
    'Eli was excused, and attendance does not say so.',
  ],
  [({ goals }) => goals.length === 2, 'Two goals were set, and not two are kept.'],
  [
    ({ microphoneChecks }) => microphoneChecks.some(({ level }) => level === 'good'),
    'No microphone was heard well.',
  ],
  [
    ({ sounds }) => sounds.length === 2 && sounds.every(({ encrypted, dBFS }) => encrypted && dBFS > -60),
    'What Hearth plays was not heard, or not encrypted.',
  ],
  [({ outsider }) => outsider.rooms.length === 0, 'The outsider could see a room of the cohort.'],
  [({ outsider }) => outsider.messages.length === 0, 'The outsider could read a message of the cohort.'],
];

/** A sentence for everything that did not come out as it must. */
export const disappointments = (story: StoryDocument): readonly string[] =>
  EXPECTATIONS.flatMap(([holds, otherwise]) => (holds(story) ? [] : [otherwise]));
