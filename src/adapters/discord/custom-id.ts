/** A press carries the command that somebody else typed, and nothing else: `session next?step=3`. */
export interface Pressed {
  readonly path: string;
  readonly given: Readonly<Record<string, string>>;
}

/** Characters that Discord keeps of a custom id. */
const LONGEST = 100;

/** The custom id of a command with what it is given; throws a RangeError when it does not fit. */
export const customIdOf = ({ path, given }: Pressed): string => {
  const query = new URLSearchParams(given).toString();
  const id = query === '' ? path : `${path}?${query}`;
  if (id.length > LONGEST) throw new RangeError(`${path} carries ${id.length} characters; ${LONGEST} fit`);
  return id;
};

/** What a custom id carries; whoever reads it must still ask whether such a command exists. */
export const readCustomId = (id: string): Pressed => {
  const [path = '', query = ''] = id.split(/\?(.*)/s);
  return { path, given: Object.fromEntries(new URLSearchParams(query)) };
};
