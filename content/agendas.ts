/** Minutes of every phase, by the type of the group and the length of the session; 0 where the phase is left out. */
import type { GroupType, Phase } from '../src/core/agenda.ts';

/** A phase, and its minutes in a session of 60, 75 and 90. */
type Row = readonly [phase: Phase, in60: number, in75: number, in90: number];

export const agendas: Readonly<Record<GroupType, readonly Row[]>> = {
  psychoeducation: [
    ['welcome', 5, 5, 5],
    ['check-in', 8, 10, 10],
    ['grounding', 3, 5, 5],
    ['review', 5, 5, 10],
    ['topic', 15, 20, 25],
    ['discussion', 10, 10, 15],
    ['exercise', 7, 10, 10],
    ['reflection', 7, 10, 10],
  ],
  process: [
    ['welcome', 5, 5, 5],
    ['check-in', 8, 10, 10],
    ['grounding', 0, 0, 0],
    ['review', 0, 0, 0],
    ['topic', 0, 0, 0],
    ['discussion', 33, 45, 55],
    ['exercise', 5, 5, 5],
    ['reflection', 9, 10, 15],
  ],
  skills: [
    ['welcome', 5, 5, 5],
    ['check-in', 8, 10, 10],
    ['grounding', 3, 5, 5],
    ['review', 12, 15, 20],
    ['topic', 12, 15, 20],
    ['discussion', 0, 0, 0],
    ['exercise', 12, 15, 20],
    ['reflection', 8, 10, 10],
  ],
  support: [
    ['welcome', 5, 5, 5],
    ['check-in', 10, 12, 15],
    ['grounding', 3, 5, 5],
    ['review', 0, 0, 0],
    ['topic', 7, 8, 10],
    ['discussion', 24, 32, 40],
    ['exercise', 4, 5, 5],
    ['reflection', 7, 8, 10],
  ],
};
