/** Discord's limits of what a message or a form may hold, in characters and in pieces. */

/** Throws a RangeError that names what is too long: a mistake of ours, and never cut off in silence. */
export const within = (what: string, size: number, most: number): void => {
  if (size > most) throw new RangeError(`${what}: ${size} is more than the ${most} that Discord takes`);
};

export const CARD = {
  title: 256,
  text: 4_096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1_024,
  total: 6_000,
  rows: 5,
  buttonsInRow: 5,
  buttonLabel: 80,
  address: 512,
} as const;

export const FORM = {
  title: 45,
  fields: 5,
  label: 45,
  hint: 100,
  choices: 25,
  choiceLabel: 100,
  choiceValue: 100,
  text: 4_000,
} as const;

/** Characters of the title of an event. */
export const EVENT_TITLE = 100;

/** Characters of a plain message. */
export const CONTENT = 2_000;

/** Of one file that goes with an answer, in bytes; Discord takes a little more. */
export const FILE_BYTES = 8 * 2 ** 20;

/** People whom one message may call. */
export const CALLS = 100;
