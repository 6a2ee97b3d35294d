/** Keeps how pressing a button or choosing in a select is held against the message that shows it. */
import { type Component, flatten, KIND } from '../check/component.ts';
import type { PressBody } from '../check/interaction.ts';
import { reporting } from '../check/schema.ts';
import { invalid, refuse } from '../errors.ts';
import type { Message, Snowflake } from '../world.ts';
import { readChoice, takesValues } from './choose.ts';
import { type Entity, type Place, resolvedOf } from './resolve.ts';
import type { Started } from './started.ts';

/** A message of the bot that the person can see; an ephemeral one only if it is theirs. */
const theMessage = (place: Place, id: Snowflake): Message => {
  const message = place.world.messages.get(place.channel.id)?.get(id);
  const isTheirs = message?.onlyFor === null || message?.onlyFor === place.person.id;
  if (!message || !isTheirs || message.authorId !== place.bot.id) throw refuse('unknownMessage');
  return message;
};

const theComponent = (message: Message, data: PressBody['data']): Component => {
  // A message's components have passed the checks by which Component is one form of them all.
  const found = flatten(message.components as Component[]).find((it) => it.custom_id === data.custom_id);
  if (!found || found.type !== data.component_type || found.disabled === true)
    throw invalid(['data', 'custom_id'], 'COMPONENT_VALIDATION_FAILED', 'Component validation failed');
  return found;
};

const chosen = (place: Place, it: Component, body: PressBody): Entity[] =>
  reporting((report) => {
    const at = report.at('data').at('values');
    if (takesValues(it)) return readChoice(place, it, body.data.values ?? [], at);
    if (body.data.values?.length) at.add('UNKNOWN_FIELD', 'A button takes no values.');
    return [];
  });

/** Reads a press or a choice (type 3). */
export const press = (place: Place, body: PressBody): Started => {
  const message = theMessage(place, body.message_id);
  const component = theComponent(message, body.data);
  const resolved = resolvedOf(place, chosen(place, component, body));
  return {
    origin: { type: 3, messageId: message.id },
    message,
    metadata: (base) => ({ ...base, type: 3, interacted_message_id: message.id }),
    data: {
      id: component.id,
      custom_id: component.custom_id,
      component_type: component.type,
      ...(component.type === KIND.button ? {} : { values: body.data.values ?? [] }),
      ...(resolved ? { resolved } : {}),
    },
  };
};
