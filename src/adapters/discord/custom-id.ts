/** A press carries the command that somebody else typed, and nothing else: `session next?step=3`. */
export interface Pressed {
  readonly path: string;
  readonly given: Readonly<Record<string, string>>;
}

/** Characters that Discord keeps of a custom id. */
const LONGEST = 100;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
/** A UUID of ours in 22 characters instead of 36, behind a mark that is written as it is. */
const PACKED = /^\*([\w-]{22})$/;

/** Two UUIDs would fill a custom id: each is packed. A text that begins with the mark itself bears it twice. */
const packed = (value: string): string => {
  if (!UUID.test(value)) return value.startsWith('*') ? `*${value}` : value;
  return `*${Buffer.from(value.replaceAll('-', ''), 'hex').toString('base64url')}`;
};

const unpacked = (value: string): string => {
  const [, digits] = PACKED.exec(value) ?? [];
  if (digits === undefined) return value.startsWith('**') ? value.slice(1) : value;
  const hex = Buffer.from(digits, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

const each = (given: Pressed['given'], change: (value: string) => string): Pressed['given'] =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, change(value)]));

/** The custom id of a command with what it is given; throws a RangeError when it does not fit. */
export const customIdOf = ({ path, given }: Pressed): string => {
  const query = new URLSearchParams(each(given, packed)).toString();
  const id = query === '' ? path : `${path}?${query}`;
  if (id.length > LONGEST) throw new RangeError(`${path} carries ${id.length} characters; ${LONGEST} fit`);
  return id;
};

/** What a custom id carries; whoever reads it must still ask whether such a command exists. */
export const readCustomId = (id: string): Pressed => {
  const [path = '', query = ''] = id.split(/\?(.*)/s);
  return { path, given: each(Object.fromEntries(new URLSearchParams(query)), unpacked) };
};
