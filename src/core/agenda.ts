/** The order of a session: its phases, and how many minutes each is planned to take. */
export const PHASES = [
  'welcome',
  'check-in',
  'grounding',
  'review',
  'topic',
  'discussion',
  'exercise',
  'reflection',
] as const;
export type Phase = (typeof PHASES)[number];

/** Phases in which people speak in turn, so that hands may be raised. */
export const TALKING: ReadonlySet<Phase> = new Set<Phase>(['review', 'topic', 'discussion', 'exercise']);

export const GROUP_TYPES = ['psychoeducation', 'process', 'skills', 'support'] as const;
export type GroupType = (typeof GROUP_TYPES)[number];

export const SESSION_MINUTES = [60, 75, 90] as const;
export type SessionMinutes = (typeof SESSION_MINUTES)[number];

export interface Step {
  readonly phase: Phase;
  readonly minutes: number;
}

/** The steps of one session in order; never empty, welcome first and reflection last. */
export type Agenda = readonly Step[];
