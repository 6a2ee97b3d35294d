/** Asks commands as a person would, by plain requests through the one way that every command is invoked. */
import { type Entry, findCommand, invoke, type Reply, type Request } from '../../src/command.ts';
import type { World } from '../../src/ports/world.ts';
import type { Action, Card, Form } from '../../src/words/card.ts';
import { ADMIN, GUILD, LOBBY, ROBOT } from './cast.ts';

export interface Asked
  extends Partial<Pick<Request, 'via' | 'direct' | 'guildId' | 'channelId' | 'admin' | 'locale'>> {
  readonly given?: Request['given'];
}

export interface Asker {
  /** What `account` gets to read when they type the command; a fault is thrown. */
  ask(account: string, path: string, asked?: Asked): Promise<Reply>;
  /** The card of it; throws when it asks for a form. */
  read(account: string, path: string, asked?: Asked): Promise<Card>;
  /** The form of it; throws when it tells something. */
  form(account: string, path: string, asked?: Asked): Promise<Form>;
  press(account: string, action: Action, asked?: Asked): Promise<Reply>;
}

/** Everything that somebody can read on a card, in one text. */
export const readable = (card: Card): string =>
  [card.title, card.text, ...(card.fields ?? []).flatMap(({ name, value }) => [name, value])]
    .filter((text) => text !== undefined)
    .join('\n');

let requests = 0;

const requestOf = (account: string, path: string, { given = {}, ...asked }: Asked): Request => ({
  id: `request-${++requests}`,
  via: 'slash',
  path,
  guildId: GUILD,
  channelId: LOBBY,
  account,
  admin: account === ADMIN,
  locale: 'en-US',
  accounts: Object.fromEntries(
    Object.values(given)
      .filter((value) => typeof value === 'string')
      .map((value) => [value, { bot: value === ROBOT }]),
  ),
  ...asked,
  given,
});

/** Asks in that world, among those commands. */
export const askerOf = (world: World, entries: readonly Entry[]): Asker => {
  const ask: Asker['ask'] = (account, path, asked = {}) => {
    const command = findCommand(entries, path);
    if (!command) throw new Error(`there is no command /${path}`);
    return invoke(world, command, requestOf(account, path, asked));
  };
  return {
    ask,
    async read(account, path, asked) {
      const reply = await ask(account, path, asked);
      if (reply.kind === 'ask') throw new Error(`/${path} asks for ${reply.form.title}`);
      return reply.card;
    },
    async form(account, path, asked) {
      const reply = await ask(account, path, asked);
      if (reply.kind !== 'ask') throw new Error(`/${path} says: ${readable(reply.card)}`);
      return reply.form;
    },
    press: (account, { command, given = {} }, asked) =>
      ask(account, command, { via: 'press', given, ...asked }),
  };
};
