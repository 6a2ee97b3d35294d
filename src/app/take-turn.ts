/** Asks something of the turn queue: a hand raised, a pass, the next to speak. */
import { allow, type Outcome, refuse } from '../core/outcome.ts';
import type { Session } from '../core/session.ts';
import { speaker, type TurnRequest } from '../core/turns.ts';
import type { World } from '../ports/world.ts';
import { changeSession } from './change-session.ts';

export interface TurnDemand {
  readonly cohortId: string;
  readonly personId: string;
  readonly by: string;
  readonly kind: Exclude<TurnRequest['kind'], 'call'>;
}

/** What a participant asks for themselves. */
export const takeTurn = (
  world: World,
  { cohortId, personId, by, kind }: TurnDemand,
): Promise<Outcome<Session>> => {
  const request: TurnRequest =
    kind === 'done' ? { kind, personId } : { kind, personId, turnId: world.ids.next() };
  return changeSession(world, { cohortId, by, request: { kind: 'turn', request } });
};

export interface Calling {
  readonly cohortId: string;
  readonly by: string;
  /** Id of the turn that was being spoken when staff pressed, or `none`; a call made for another moment is refused. */
  readonly after?: string | undefined;
}

/** Calls the next: two facilitators who press at once call one person, so that nobody is passed over. */
export const callNext = (world: World, { cohortId, by, after }: Calling): Promise<Outcome<Session>> =>
  changeSession(world, { cohortId, by, request: { kind: 'turn', request: { kind: 'call' } } }, ({ turns }) =>
    after === undefined || after === (speaker(turns)?.id ?? 'none')
      ? allow(null)
      : refuse({ code: 'somebody-was-first' }),
  );
