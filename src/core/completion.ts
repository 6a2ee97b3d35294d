/** What an option may be completed with while somebody types. */
import type { Confidential } from './confidential.ts';
import type { TaskKind } from './task.ts';
import type { WallTime } from './wall-time.ts';

export type Completion =
  | { readonly kind: 'cohort'; readonly name: string }
  | { readonly kind: 'topic'; readonly id: string; readonly title: string }
  | { readonly kind: 'goal'; readonly number: number; readonly text?: Confidential<string> }
  /** `wall` is when it begins, on the clocks of the zone. */
  | { readonly kind: 'meeting'; readonly id: string; readonly wall: WallTime; readonly zone: string }
  | { readonly kind: 'skipped-meeting'; readonly id: string; readonly wall: WallTime; readonly zone: string }
  | { readonly kind: 'exercise' | 'breathing'; readonly id: string; readonly title: string }
  | { readonly kind: 'media'; readonly number: number; readonly title: Confidential<string> }
  | { readonly kind: 'task'; readonly number: number; readonly about: TaskKind };

/** A list, by the kind of what stands in it. */
export type Completed = Completion['kind'];
