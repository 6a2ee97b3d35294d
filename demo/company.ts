/** The cast as clients: everybody logged in, each with a token of their own. */
import { type Person, person } from '../sandbox/people.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { CAST, EVERYBODY } from './cast.ts';

/** Adds the cast to a server, and logs everybody in. */
export const logIn = async (sandbox: Sandbox): Promise<ReadonlyMap<string, Person>> => {
  const clients = EVERYBODY.map(async (name) => {
    const { token } = sandbox.addPerson(name, { admin: name === CAST.admin });
    return [name, await person({ restUrl: sandbox.restUrl, gatewayUrl: sandbox.gatewayUrl, token })] as const;
  });
  return new Map(await Promise.all(clients));
};

/** Somebody of those who play. */
export const found = <Value>(people: ReadonlyMap<string, Value>, name: string): Value => {
  const one = people.get(name);
  if (!one) throw new Error(`nobody called ${name} is in the cast`);
  return one;
};
