/** Has the stores note what is done with them, as their purposes say. */
import type { Actor } from '../../../core/audit.ts';
import type { Records } from '../../../ports/store.ts';
import type { Doing, Noted } from './purpose.ts';
import { PURPOSES } from './purposes.ts';

type Call = (...args: readonly unknown[]) => Promise<unknown>;

/** A method that is noted. */
export interface Listed {
  readonly store: string;
  readonly method: string;
  readonly purpose: Noted<readonly unknown[], unknown>;
}

const LISTED: readonly Listed[] = Object.entries(PURPOSES).flatMap(([store, methods]) =>
  Object.entries(methods).flatMap(([method, purpose]) =>
    'about' in purpose
      ? // The compiler has paired each purpose with its method; from here on only their names are known.
        [{ store, method, purpose: purpose as Listed['purpose'] }]
      : [],
  ),
);

const BY_STORE = Map.groupBy(LISTED, ({ store }) => store);

/** The same records, with another call in the place of each that is noted. */
const replaced = (records: Records, replace: (listed: Listed, call: Call) => Call): Records => {
  const stores = [...BY_STORE].map(([name, listed]) => {
    const store: Record<string, Call> = Reflect.get(records, name);
    const calls = listed.flatMap((each) => {
      const call = store[each.method];
      return call ? [[each.method, replace(each, call)]] : [];
    });
    return [name, { ...store, ...Object.fromEntries(calls) }];
  });
  return { ...records, ...Object.fromEntries(stores) };
};

/** Calls a method in a change of its own. */
export type Write = (listed: Listed, args: readonly unknown[]) => Promise<unknown>;

/** A claim that somebody else had, and what is refused, has changed nothing. */
const hasHappened = (value: unknown): boolean =>
  value !== false && !(typeof value === 'object' && value !== null && Reflect.get(value, 'ok') === false);

const doingOf = ({ purpose }: Listed, args: readonly unknown[], value: unknown): Doing => ({
  action: purpose.action,
  kind: purpose.kind,
  ...purpose.about(args, value),
});

/** Within a change: what it does is noted; what it looks at in order to decide is not. */
export const notingChanges = (records: Records, note: (doing: Doing) => void): Records =>
  replaced(records, (listed, call) =>
    listed.purpose.action === 'read'
      ? call
      : async (...args) => {
          const value = await call(...args);
          if (hasHappened(value)) note(doingOf(listed, args, value));
          return value;
        },
  );

/** What somebody looks at of themselves is theirs. */
const isNoted = (actor: Actor, { purpose }: Listed, { personId }: Doing): boolean =>
  !purpose.except.includes(actor.role) && (personId === undefined || personId !== actor.personId);

/** Outside of a change: what is read is noted before it is given; what is written goes through a change of its own. */
export const notingLooks = (
  records: Records,
  actor: Actor,
  note: (doing: Doing) => Promise<unknown>,
  write: Write,
): Records =>
  replaced(records, (listed, call) =>
    listed.purpose.action === 'read'
      ? async (...args) => {
          const value = await call(...args);
          const doing = doingOf(listed, args, value);
          if (isNoted(actor, listed, doing)) await note(doing);
          return value;
        }
      : (...args) => write(listed, args),
  );

/** Calls a method by its name. */
export const callListed = (
  records: Records,
  { store, method }: Listed,
  args: readonly unknown[],
): Promise<unknown> => {
  const calls: Record<string, Call> = Reflect.get(records, store);
  const call = calls[method];
  if (!call) throw new TypeError(`there is no ${method} in ${store}`);
  return call(...args);
};
