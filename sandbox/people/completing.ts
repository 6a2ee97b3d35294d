/** Keeps how a person asks for completions and gets them. */
import { type Client, newNonce, type Start, sendStart } from './client.ts';

/** A completion that was suggested. */
export type Suggestion = { readonly name: string; readonly value: string | number };

const RESPONSE = 'APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE';

/** Asks for completions, and waits for the bot's suggestions. */
export const suggestions = async (client: Client, start: Start): Promise<Suggestion[]> => {
  const nonce = newNonce();
  const from = client.events.length;
  await sendStart(client, start, nonce);
  const mine = () => client.events.slice(from).filter(({ data }) => Object(data).nonce === nonce);
  const event = await client.until(
    () => mine().find(({ type }) => type === RESPONSE || type === 'INTERACTION_FAILURE'),
    () => 'no suggestions came',
  );
  if (event.type !== RESPONSE) throw new Error('the application did not respond');
  return Object(event.data).choices;
};
