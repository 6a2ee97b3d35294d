/** Keeps a person's calls over HTTP, with their own token. */

/** A call that was refused: HTTP status, Discord's code and message, and where in the body the fault lies. */
export class Refused extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;

  constructor(call: string, status: number, body: { code?: number; message?: string; errors?: unknown }) {
    const detail = body.errors === undefined ? '' : ` ${JSON.stringify(body.errors)}`;
    super(`${call} was refused: ${status} ${body.code ?? ''} ${body.message ?? ''}${detail}`);
    this.status = status;
    this.code = body.code ?? 0;
    this.errors = body.errors;
  }
}

/** Makes a call, with JSON or a form; gives the answer's JSON (undefined when there is none) or throws Refused. */
export type Rest = (method: string, path: string, body?: unknown) => Promise<unknown>;

/** Calls below a base URL such as http://127.0.0.1:PORT/api, with a person's token. */
export const restOf =
  (restUrl: string, token: string): Rest =>
  async (method, path, body) => {
    const response = await fetch(`${restUrl}/v10${path}`, {
      method,
      headers: {
        authorization: token,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const answer: unknown = response.status === 204 ? undefined : await response.json();
    if (response.status === 429) return await later(answer, () => restOf(restUrl, token)(method, path, body));
    if (!response.ok) throw new Refused(`${method} ${path}`, response.status, Object(answer));
    return answer;
  };

/** A client waits as long as it is told to, and tries again. */
const later = async (answer: unknown, again: () => Promise<unknown>): Promise<unknown> => {
  const seconds = Number(Object(answer).retry_after ?? 1);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  return again();
};
