/** Keeps what a REST route is: a method, a path template and one function from a call to an answer. */
import type { Scope, Snowflake, User, World } from '../world.ts';

/** So many requests in so many milliseconds. */
export type Limit = { readonly requests: number; readonly windowMs: number };

/** Error codes of the limits that have one of their own; 0 is for all others. */
export type LimitCode = 0 | 20016 | 30046;

/** A file of a multipart request, by its form field (`files[0]`). */
export type UploadedFile = { field: string; name: string; type: string; bytes: Uint8Array };

/** A call to a route that needs no token (its path carries its own secret). */
export type OpenCall = {
  readonly world: World;
  /** By the names in the path template; a missing name is a fault of the route, so it throws. */
  param(name: string): Snowflake;
  readonly query: URLSearchParams;
  /** The Authorization header as it came. */
  readonly authorization: string | null;
  /** The JSON body (`payload_json` when multipart, fields of a form as texts); undefined when there was none. */
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** X-Audit-Log-Reason, decoded. */
  readonly reason: string | null;
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly now: number;
  /** Counts one use against a limit of its own beside the route's; throws a 429 when it is used up. */
  spend(key: string, limit: Limit, code?: LimitCode): void;
};

/** A call by a known account. */
export type Call = OpenCall & {
  readonly actor: User;
  /** What an application may know of them by whose bearer token it calls; null for an account's own token. */
  readonly scopes: readonly Scope[] | null;
};

/** What goes back; `after` runs once the answer has left. */
export type Answer = { readonly status: number; readonly body?: unknown; readonly after?: () => void };

type RouteShape = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v10, parameters with a colon: '/channels/:channel/messages/:message'. */
  readonly path: string;
  /** Query parameters it knows; any other is refused. */
  readonly query?: readonly string[];
  /** Requests per window and bucket; the major parameter is the first one of the path. */
  readonly limit?: Limit;
  /** True for interaction endpoints, which are outside the global limit. */
  readonly outsideGlobal?: boolean;
  /** True where a form (application/x-www-form-urlencoded) is taken, and nothing else. */
  readonly takesForm?: true;
  /** What somebody must have granted for an application to call it by a bearer token; otherwise none may. */
  readonly bearer?: Scope;
  /** Who may call: any account (default), or bots or people alone. */
  readonly only?: 'bots' | 'people';
};

/** A route; an `open` one is called without a token. */
export type Route = RouteShape &
  (
    | { readonly open?: false; handle(call: Call): Answer | Promise<Answer> }
    | {
        readonly open: true;
        /** The account whose secret the path carries, for limits, faults and the record. */
        ownerOf?(world: World, params: Readonly<Record<string, string>>): Snowflake | undefined;
        handle(call: OpenCall): Answer | Promise<Answer>;
      }
  );

/** 200 with a body. */
export const ok = (body: unknown): Answer => ({ status: 200, body });

/** 201 with a body. */
export const created = (body: unknown): Answer => ({ status: 201, body });

/** 204. */
export const noContent = (): Answer => ({ status: 204 });
