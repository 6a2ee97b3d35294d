/** Keeps the route table: finds the route of a method and path, the most literal template first. */
import { refuse } from '../errors.ts';
import type { Route } from './route.ts';

/** A route with what its path named; `major` is the top-level id that rate limits hang on. */
export type RouteMatch = {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  readonly major: string;
};

type Entry = { readonly route: Route; readonly pattern: RegExp; readonly names: readonly string[] };

const entryOf = (route: Route): Entry => {
  const names = [...route.path.matchAll(/:(\w+)/g)].flatMap((match) => match[1] ?? []);
  return { route, names, pattern: new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`) };
};

const paramsOf = ({ names }: Entry, found: RegExpExecArray): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']));

const MAJOR = /^\/(?:channels|guilds|webhooks|interactions)\/([^/]+)(?:\/[^/]+)?/;

const majorOf = (path: string): string => {
  const [whole, id] = MAJOR.exec(path) ?? [];
  // A webhook's token belongs to its identity: each interaction has limits of its own.
  return (path.startsWith('/webhooks/') ? whole : id) ?? '';
};

/** A text with its percent signs undone; one that cannot be is left as it is. */
export const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

// Clients may write @me as %40me.
const plainPath = (path: string): string => path.split('/').map(percentDecoded).join('/');

/** Finds the route of a method and path, or throws why there is none. */
export type FindRoute = (method: string, path: string) => RouteMatch;

/** Makes a finder over routes; it throws 404 for an unknown path and 405 for a known one with another method. */
export const startRouter = (routes: readonly Route[]): FindRoute => {
  const entries = routes.map(entryOf).sort((a, b) => a.names.length - b.names.length);
  return (method, encodedPath) => {
    const path = plainPath(encodedPath);
    const fitting = entries.flatMap((entry) => {
      const found = entry.pattern.exec(path);
      return found ? [{ entry, found }] : [];
    });
    if (fitting.length === 0) throw refuse('notFound');
    const hit = fitting.find(({ entry }) => entry.route.method === method);
    if (!hit) throw refuse('methodNotAllowed');
    return { route: hit.entry.route, params: paramsOf(hit.entry, hit.found), major: majorOf(path) };
  };
};
