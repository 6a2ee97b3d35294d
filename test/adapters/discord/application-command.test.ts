/** Commands as Discord is told of them, and every command that Hearth has. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commands } from '../../../commands/index.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { applicationCommand } from '../../../src/adapters/discord/application-command.ts';
import { formPayload } from '../../../src/adapters/discord/form-payload.ts';
import { offerTheSame } from '../../../src/adapters/discord/register-commands.ts';
import { serverCommand } from '../../../src/command.ts';
import { allow } from '../../../src/core/outcome.ts';
import { formFor } from '../../../src/form.ts';
import {
  account,
  carried,
  choice,
  choices,
  type Option,
  optionsOf,
  text,
  whole,
} from '../../../src/option.ts';
import { connect } from './connected.ts';

const command = serverCommand({
  name: 'try',
  description: 'Everything that may be typed',
  who: ['admin'],
  input: z.object({
    note: text('A note', 3, 300).optional(),
    cohort: text('A group', 1, 40, 'cohort'),
    mood: whole('A number', 0, 10),
    level: whole('A level', -1, 1, { '-1': 'Less', '0': 'As expected', '1': 'More' }).optional(),
    share: choice('With whom', ['group', 'pass'], { group: 'The group', pass: 'Nobody' }),
    words: choices('Words', ['calm', 'tired'], { calm: 'Calm', tired: 'Tired' }, 3).optional(),
    whom: account('Somebody'),
    step: carried(z.coerce.number()).optional(),
  }),
  run: async () => allow({ kind: 'tell', card: { text: '' } }),
});

describe('a command', () => {
  it('is told with what is required first, and nothing of what buttons carry', () => {
    const { options = [] } = applicationCommand(command);
    expect(options.map(({ name }) => name)).toEqual([
      'cohort',
      'mood',
      'share',
      'whom',
      'note',
      'level',
      'words',
      'words-2',
      'words-3',
    ]);
    expect(options.slice(0, 4).every((option) => 'required' in option && option.required)).toBe(true);
  });

  it('is told with the limits that are enforced', () => {
    expect(applicationCommand(command).options).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'note', type: 3, min_length: 3, max_length: 300 }),
        expect.objectContaining({ name: 'cohort', type: 3, autocomplete: true }),
        expect.objectContaining({ name: 'mood', type: 4, min_value: 0, max_value: 10 }),
        expect.objectContaining({
          name: 'level',
          type: 4,
          choices: expect.arrayContaining([{ name: 'Less', value: -1 }]),
        }),
        expect.objectContaining({
          name: 'share',
          choices: expect.arrayContaining([{ name: 'Nobody', value: 'pass' }]),
        }),
        expect.objectContaining({ name: 'whom', type: 6 }),
      ]),
    );
  });

  it('with a form lets everything be left out that the form can ask for', () => {
    const { options = [] } = applicationCommand({ ...command, form: 'Try it' });
    const required = options.filter((option) => 'required' in option && option.required);
    expect(required.map(({ name }) => name)).toEqual(['whom']);
  });

  it('is offered in servers only, and to those who manage them when it is theirs alone', () => {
    expect(applicationCommand(command)).toMatchObject({
      contexts: [0],
      integration_types: [0],
      default_member_permissions: '32',
    });
    expect(applicationCommand({ ...command, who: ['admin', 'lead'] })).not.toHaveProperty(
      'default_member_permissions',
    );
  });

  it('is offered to everybody when it asks nobody who they are', () => {
    expect(applicationCommand({ ...command, about: 'anyone', who: [] })).not.toHaveProperty(
      'default_member_permissions',
    );
  });
});

describe('two lists of commands', () => {
  const told = applicationCommand(command);

  it('offer the same whatever Discord adds to them', () => {
    const kept = {
      ...told,
      id: '1',
      version: '2',
      nsfw: false,
      name_localizations: null,
      dm_permission: true,
    };
    expect(offerTheSame([told], [kept])).toBe(true);
  });

  it('differ when anything that people see differs', () => {
    const [described, bare] = [
      { ...told, description: 'Something else' },
      { ...told, options: [] },
    ];
    expect(offerTheSame([told], [described])).toBe(false);
    expect(offerTheSame([told], [bare])).toBe(false);
    expect(offerTheSame([told], [])).toBe(false);
  });
});

/** The longest that may be given for an option beside free text, which is shown again and not carried. */
const longest = (option: Option): unknown => {
  switch (option.kind) {
    case 'text':
      return option.complete === undefined ? undefined : 'x'.repeat(option.most);
    case 'whole':
      return option.most;
    case 'choice':
      return option.choices.toSorted((a, b) => b.length - a.length)[0];
    case 'choices':
      return option.choices.toSorted((a, b) => b.length - a.length).slice(0, option.most);
    case 'account':
      return '9'.repeat(20);
    case 'attachment':
      return undefined;
  }
};

const withForms = commands
  .flatMap((entry) =>
    'commands' in entry
      ? entry.commands.map((one) => ({ path: `${entry.name} ${one.name}`, one }))
      : { path: entry.name, one: entry },
  )
  .filter(({ one }) => one.form !== undefined);

it.each(withForms)('the form of /$path fits, whatever of it was typed already', ({ path, one }) => {
  const options = optionsOf(one.input);
  for (const left of options.filter(({ required }) => required)) {
    const given = Object.fromEntries(
      options.flatMap((option) => {
        const value = option === left ? undefined : longest(option);
        return value === undefined ? [] : [[option.name, value]];
      }),
    );
    const form = { title: one.form ?? '', command: path, ...formFor(options, given) };
    expect(() => formPayload(form)).not.toThrow();
  }
});

it('every command of Hearth is taken by Discord', async () => {
  const sandbox = await startSandbox();
  const { discord, started } = await connect(sandbox, { commands });
  expect(started).toMatchObject({ ok: true, registered: true });
  const again = await connect(sandbox, { commands });
  expect(again.started).toMatchObject({ ok: true, registered: false });
  await discord.stop();
  await again.discord.stop();
  await sandbox.stop();
});
