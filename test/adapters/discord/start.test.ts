/** The start: what is wrong in one sentence, what is told to Discord, and what an admin is asked to grant. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BITS } from '../../../sandbox/permissions.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { closedSentence, loginSentence } from '../../../src/adapters/discord/client.ts';
import { INVITED, invitationOf } from '../../../src/adapters/discord/permissions.ts';
import { type Entry, serverCommand } from '../../../src/command.ts';
import { allow } from '../../../src/core/outcome.ts';
import { text } from '../../../src/option.ts';
import { callsOf, connect } from './connected.ts';

const commandNamed = (name: string, description = 'Says something'): Entry =>
  serverCommand({
    name,
    description,
    who: ['admin'],
    input: z.object({ what: text('What to say', 1, 100).optional() }),
    run: async () => allow({ kind: 'tell', card: { text: 'Hello' } }),
  });

let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const LIST = 'GET /applications/:application/commands';
const PUT = 'PUT /applications/:application/commands';

/** Starts with these commands, stops, and tells what it asked of Discord. */
const startWith = async (commands: readonly Entry[]): Promise<Record<string, number>> => {
  sandbox.transcript.clear();
  const { discord, started } = await connect(sandbox, { commands });
  expect(started).toMatchObject({ ok: true, invitation: invitationOf(sandbox.bot.applicationId) });
  await discord.stop();
  return callsOf(sandbox);
};

describe('the commands', () => {
  it('are told in one call, and told again only when they changed', async () => {
    expect(await startWith([commandNamed('one'), commandNamed('two')])).toEqual({ [LIST]: 1, [PUT]: 1 });
    expect(await startWith([commandNamed('one'), commandNamed('two')])).toEqual({ [LIST]: 1 });
    expect(await startWith([commandNamed('two'), commandNamed('one')])).toEqual({ [LIST]: 1 });
    expect(await startWith([commandNamed('one', 'Says more')])).toEqual({ [LIST]: 1, [PUT]: 1 });
    expect(await startWith([])).toEqual({ [LIST]: 1, [PUT]: 1 });
  });

  it('are told although Discord falters', async () => {
    sandbox.faults.serverError({ route: PUT, times: 1 });
    expect(await startWith([commandNamed('three')])).toEqual({ [LIST]: 1, [PUT]: 2 });
  });
});

describe('a start that cannot be', () => {
  const sentenceOf = async (apiUrl: string, token: string): Promise<string> => {
    const { discord, started } = await connect(sandbox, { apiUrl, token });
    await discord.stop();
    return started.ok ? expect.fail('it started') : started.sentence;
  };

  it('says that the token is wrong', async () => {
    expect(await sentenceOf(sandbox.restUrl, 'not-a-token')).toMatch(
      /^Discord does not accept DISCORD_TOKEN/,
    );
  });

  it('says that nobody answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    // A server that listens has an address of this kind.
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const sentence = await sentenceOf(`http://127.0.0.1:${port}/api`, 'any');
    expect(sentence).toContain(`could not be reached at http://127.0.0.1:${port}/api (ECONNREFUSED)`);
  });

  it('says that something answers which is no Discord', async () => {
    const server = createServer((_request, response) => void response.writeHead(404).end('Not here')).listen(
      0,
    );
    await new Promise((resolve) => server.once('listening', resolve));
    // A server that listens has an address of this kind.
    const { port } = server.address() as AddressInfo;
    expect(await sentenceOf(`http://127.0.0.1:${port}/api`, 'any')).toContain('could not be reached');
    await new Promise((resolve) => server.close(resolve));
  });

  it('says what the gateway would not take', () => {
    expect(loginSentence(new Error('Used disallowed intents'), 'x')).toMatch(/intent/);
    expect(closedSentence(4014)).toMatch(/intent/);
    expect(closedSentence(4004)).toMatch(/DISCORD_TOKEN/);
    expect(closedSentence(4011)).toMatch(/4011/);
  });
});

describe('the invitation', () => {
  it('asks for what is used, and never for everything', async () => {
    const { discord, started } = await connect(sandbox);
    await discord.stop();
    const invitation = new URL(started.ok ? started.invitation : expect.fail(started.sentence));
    expect(Object.fromEntries(invitation.searchParams)).toMatchObject({
      client_id: sandbox.bot.applicationId,
      scope: 'bot applications.commands',
    });
    const asked = BigInt(invitation.searchParams.get('permissions') ?? '0');
    expect(asked & BITS.ADMINISTRATOR).toBe(0n);
    expect(asked & BITS.MANAGE_GUILD).toBe(0n);
    expect(asked & BITS.MANAGE_CHANNELS).not.toBe(0n);
  });

  it('is enough, where @everyone is given nothing at all', async () => {
    const strict = await startSandbox({ botPermissions: INVITED, everyonePermissions: 0n });
    const { discord } = await connect(strict);
    const guests = [{ account: strict.guild.ownerId, right: 'lead' as const }];
    const rooms = [
      { kind: 'category' as const, name: 'Strict', guests },
      { kind: 'staff' as const, name: 'staff-room', guests },
      { kind: 'voice' as const, name: 'group-voice', guests, seats: 4 },
    ];
    const brought = await discord.rooms.bring(strict.guild.id, rooms, [], async () => undefined);
    expect(brought).toEqual({ did: 'done', value: null });
    await discord.stop();
    await strict.stop();
  });
});

describe('a stop', () => {
  it('is no loss of the connection', async () => {
    const lost: string[] = [];
    const { discord } = await connect(sandbox, { hooks: { lost: (sentence) => void lost.push(sentence) } });
    await discord.stop();
    expect(lost).toEqual([]);
  });
});
