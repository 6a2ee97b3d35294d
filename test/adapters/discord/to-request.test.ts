/** What Discord sends, as the plain request that a command gets. */
import type { APIModalSubmitInteraction } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { callerOf, givenIn, toRequest, typedIn } from '../../../src/adapters/discord/to-request.ts';
import { serverCommand } from '../../../src/command.ts';
import { allow } from '../../../src/core/outcome.ts';
import { choices, text } from '../../../src/option.ts';

const command = serverCommand({
  name: 'say',
  description: 'Says something',
  who: ['admin'],
  input: z.object({
    words: choices('Words', ['a', 'b', 'c'], { a: 'A', b: 'B', c: 'C' }, 3).optional(),
    note: text('A note', 1, 100).optional(),
  }),
  run: async () => allow({ kind: 'tell', card: { text: '' } }),
});

/** A form as it is sent in; only what is read of it is there. */
const submission = (more: object): APIModalSubmitInteraction =>
  ({
    id: '5',
    type: 5,
    guild_id: '1',
    channel: { id: '2' },
    locale: 'en-GB',
    member: { user: { id: '3' }, permissions: '0' },
    data: { custom_id: 'say?share=pass', components: [] },
    ...more,
  }) as unknown as APIModalSubmitInteraction;

describe('who asks', () => {
  it.each([
    ['0', false],
    [String(1n << 5n), true],
    [String(1n << 3n), true],
    [String((1n << 52n) - 1n - (1n << 5n) - (1n << 3n)), false],
  ])('with the permissions %s may manage the server: %s', (permissions, admin) => {
    const caller = callerOf(submission({ member: { user: { id: '3' }, permissions } }));
    expect(caller).toEqual({ id: '5', guildId: '1', channelId: '2', account: '3', admin, locale: 'en-GB' });
  });

  it('is nobody of a server in a direct message', () => {
    expect(callerOf(submission({ guild_id: undefined, member: undefined }))).toBeUndefined();
  });
});

describe('what is asked', () => {
  it('is found beneath a subcommand', () => {
    const options = [
      { type: 1 as const, name: 'next', options: [{ type: 4 as const, name: 'step', value: 3 }] },
    ];
    expect(typedIn({ name: 'session', options })).toMatchObject({
      path: 'session next',
      options: [{ value: 3 }],
    });
    expect(typedIn({ name: 'session' })).toEqual({ path: 'session', options: [] });
  });

  it('puts the numbered options of a list together', () => {
    const typed = [
      { name: 'words', value: 'a' },
      { name: 'words-3', value: 'c' },
      { name: 'note', value: 'hello' },
    ];
    expect(givenIn(command, typed)).toEqual({ words: ['a', 'c'], note: 'hello' });
    expect(givenIn(command, [])).toEqual({});
  });

  it('in a form is what it carried and what was filled in', () => {
    const components = [
      { type: 18, id: 1, component: { type: 3, id: 2, custom_id: 'words', values: ['b'] } },
      { type: 18, id: 3, component: { type: 4, id: 4, custom_id: 'note', value: 'hello' } },
      { type: 10, id: 5 },
    ];
    const form = submission({ data: { custom_id: 'say?share=pass', components } });
    const caller = callerOf(form) ?? expect.fail('nobody asks');
    expect(toRequest([command], form, caller)?.request).toMatchObject({
      via: 'form',
      path: 'say',
      given: { share: 'pass', words: ['b'], note: 'hello' },
    });
  });

  it('is nothing when there is no such command any more', () => {
    const form = submission({ data: { custom_id: '__proto__?a=b', components: [] } });
    const caller = callerOf(form) ?? expect.fail('nobody asks');
    expect(toRequest([command], form, caller)).toBeUndefined();
  });
});
