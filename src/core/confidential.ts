/**
 * What a person wrote, wrapped so that it cannot be printed by accident.
 * Only `words` and the store may call `open`; a test holds that door.
 */
const SHOWN = '[confidential]';

export class Confidential<Value> {
  readonly #value: Value;

  private constructor(value: Value) {
    this.#value = value;
  }

  static of<Value>(value: Value): Confidential<Value> {
    return new Confidential(value);
  }

  static open<Value>(sealed: Confidential<Value>): Value {
    return sealed.#value;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  // Node's own inspection symbol, by its registered name, so that the core needs nothing of Node.
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

/** Wraps what a person wrote. */
export const confidential = <Value>(value: Value): Confidential<Value> => Confidential.of(value);

/** Takes the wrapping off: for showing it to whom its author chose, and for storing it encrypted. */
export const open = <Value>(sealed: Confidential<Value>): Value => Confidential.open(sealed);
