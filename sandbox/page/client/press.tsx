/** Buttons and selects of a message: what is pressed and chosen goes to the bot, and what failed is told beside it. */
import { useRef, useState } from 'preact/hooks';
import { KIND } from '../../check/component.ts';
import { ChoiceList } from './choice-list.tsx';
import { choicesOf, presetOf } from './choices.ts';
import { useClient } from './hooks.ts';
import { Icon } from './icons.tsx';
import { isWebAddress } from './markdown.tsx';
import type { Client } from './person.ts';
import type { Message, Part } from './wire.ts';

/** How a part of a message is used: whose message it is, and where a failure is told. */
export type PressProps = {
  readonly message: Message;
  readonly part: Part;
  readonly onFailure: (failure: string | null) => void;
};

const STYLES = ['', 'primary', 'secondary', 'success', 'danger'] as const;

const startOf = ({ message, part }: PressProps, values: readonly string[] | null) => ({
  type: 3 as const,
  application_id: message.application_id ?? message.author.id,
  channel_id: message.channel_id,
  message_id: message.id,
  data: {
    component_type: part.type,
    custom_id: part.custom_id,
    ...(values === null ? {} : { values, type: part.type }),
  },
});

/** Presses, and tells what failed; a second press while the first is not answered does nothing. */
const useTouch = (client: Client, props: PressProps) => {
  const [isBusy, setBusy] = useState(false);
  const touch = async (values: readonly string[] | null): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    props.onFailure(null);
    const { message, part } = props;
    const failure = await client.interact(`${message.id} ${part.custom_id}`, startOf(props, values));
    setBusy(false);
    props.onFailure(failure && `This interaction failed: ${failure}`);
  };
  return { isBusy, touch };
};

/** A button; one that leads elsewhere is a link. */
export const PressButton = (props: PressProps) => {
  const { part } = props;
  const { isBusy, touch } = useTouch(useClient(), props);
  const words = [part.emoji?.name, part.label].filter(Boolean).join(' ');
  if (part.url !== undefined)
    return isWebAddress(part.url) ? (
      <a class="button secondary" href={part.url} target="_blank" rel="noopener noreferrer">
        {words} <Icon name="link" />
      </a>
    ) : null;
  return (
    <button
      type="button"
      class={`button ${STYLES[part.style ?? 2] ?? 'secondary'}`}
      disabled={part.disabled === true}
      aria-busy={isBusy}
      onClick={() => void touch(null)}
    >
      {words}
    </button>
  );
};

/** A select: opened, chosen in, and sent. */
export const Select = (props: PressProps) => {
  const { part, message } = props;
  const client = useClient();
  const { isBusy, touch } = useTouch(client, props);
  const [chosen, setChosen] = useState(presetOf(part));
  const box = useRef<HTMLDetailsElement>(null);
  const guildId = client.view.sight.rooms.get(message.channel_id)?.guildId ?? null;
  const send = async (): Promise<void> => {
    if (box.current) box.current.open = false;
    await touch(chosen);
  };
  if (part.disabled) return <span class="select disabled">{part.placeholder ?? 'Not open'}</span>;
  return (
    <details class="select" ref={box}>
      <summary aria-busy={isBusy}>{part.placeholder ?? 'Choose'}</summary>
      <ChoiceList
        choices={choicesOf(client.view, guildId, part)}
        chosen={chosen}
        most={part.max_values ?? 1}
        onChoose={setChosen}
      />
      <button
        type="button"
        class="button primary"
        disabled={chosen.length < (part.min_values ?? 1)}
        onClick={() => void send()}
      >
        Choose
      </button>
    </details>
  );
};

/** Whether a part is a select. */
export const isSelect = ({ type }: Part): boolean =>
  type === KIND.stringSelect || (type >= KIND.userSelect && type <= KIND.channelSelect);
