/** What a method of a store is for the audit: noted as this or that, or left out for a reason. */
import type { AuditAction, AuditKind, AuditRole, Deed } from '../../../core/audit.ts';
import type { Records } from '../../../ports/store.ts';
import type { Place } from './places.ts';

/** Whom and what a call is about, as far as its arguments and its value tell. */
export interface About extends Omit<Deed, 'action' | 'kind' | 'outcome'> {
  /** Where the database tells the rest: the cohort and the person to whom it belongs. */
  readonly of?: Place;
}

/** What is to be noted, before it is known to whom it belongs. */
export interface Doing extends Deed, About {}

export interface Noted<Args extends readonly unknown[], Value> {
  readonly action: AuditAction;
  readonly kind: AuditKind;
  readonly about: (args: Args, value: Value) => About;
  /** Not when it is done as one of these. */
  readonly except: readonly AuditRole[];
}

export interface Left {
  /** Why it leaves no entry. */
  readonly because: string;
}

type PurposeOf<Method> = Method extends (...args: infer Args) => Promise<infer Value>
  ? Noted<Args, Value> | Left
  : never;

/** One for every method of every store: a method without a purpose does not compile. */
export type Purposes = {
  readonly [Store in keyof Records]: {
    readonly [Method in keyof Records[Store]]: PurposeOf<Records[Store][Method]>;
  };
};

const noted =
  (action: AuditAction, except: readonly AuditRole[] = []) =>
  <Args extends readonly unknown[], Value>(
    kind: AuditKind,
    about: (args: Args, value: Value) => About,
  ): Noted<Args, Value> => ({ action, kind, about, except });

export const creates = noted('create');
/** Kept, for the first time or instead of what was there. */
export const writes = noted('write');
export const changes = noted('change');
export const removes = noted('remove');
/** Changes what somebody may do or enter. */
export const permits = noted('permission');
/** An admin opens in an emergency what is not theirs to see. */
export const breaksGlass = noted('break-glass');
export const signsIn = noted('sign-in');
/** What somebody other than its owner looks at. */
export const reads = noted('read', ['hearth']);
/** The same, of which participants are shown their own alone. */
export const readsForStaff = noted('read', ['hearth', 'participant', 'enrolled']);

export const left = (because: string): Left => ({ because });
