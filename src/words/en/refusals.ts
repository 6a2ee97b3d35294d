/** How Hearth says no, says what was not understood, and says that something went wrong. */
import type { Refusal } from '../../core/refusal.ts';
import type { Card } from '../card.ts';
import type { Problem } from '../problem.ts';

export const refusal = (_refusal: Refusal): Card => ({ text: '' });
export const invalid = (_problems: readonly Problem[]): Card => ({ text: '' });
export const givenBack = (card: Card, _written: readonly string[]): Card => card;
