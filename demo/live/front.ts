/** The page of the demo, which is there before anything else is. */
import type { Storyteller } from '../../sandbox/page/story.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { INVITED } from '../../src/adapters/discord/permissions.ts';
import { CAST } from '../cast.ts';
import { logIn } from '../company.ts';

const PARTS: Readonly<Record<string, string>> = {
  [CAST.admin]: 'admin',
  [CAST.lead]: 'facilitator, leads',
  [CAST.coFacilitator]: 'facilitator',
  ...Object.fromEntries(CAST.participants.map((name) => [name, 'participant'])),
  [CAST.outsider]: 'in no group',
};

/** The page, before anything else is there. */
export interface Front {
  readonly sandbox: Sandbox;
  readonly people: Awaited<ReturnType<typeof logIn>>;
  /** Time is that of the machine until a clock is put before it. */
  follow(now: () => number): void;
}

/** Another program has the port. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(
      `Another program has port ${port}. Choose another one with --port, or leave it out for one that is free.`,
    );
  }
}

const tellOfPort =
  (port: number) =>
  (cause: unknown): never => {
    throw Reflect.get(Object(cause), 'code') === 'EADDRINUSE' ? new PortTaken(port) : cause;
  };

/** Opens the page. */
export const openFront = async (storyteller: Storyteller, port: number): Promise<Front> => {
  let now = Date.now;
  const sandbox = await startSandbox({
    port,
    time: { now: () => now() },
    botPermissions: INVITED,
    botName: 'Hearth',
    page: { storyteller, partOf: (name) => PARTS[name] },
  }).catch(tellOfPort(port));
  const people = await logIn(sandbox);
  return {
    sandbox,
    people,
    follow: (other) => {
      now = other;
    },
  };
};
