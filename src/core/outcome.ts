/** The two ways a rule answers: allowed, with a value, or refused, with a reason that can be worded kindly. */
import type { Refusal } from './refusal.ts';

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly refusal: Refusal };

/** The answer of a rule that lets something happen. */
export const allow = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });

/** The answer of a rule that does not; never an exception, because a refusal is part of ordinary life. */
export const refuse = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal,
});
