/** One option of a command that is being filled in: completed, chosen, or written, by its kind. */
import { useEffect, useId, useState } from 'preact/hooks';
import { OPTION } from '../../check/command-option.ts';
import { choicesOfOption } from './choices.ts';
import { completeData, type Line, type Option, type Values } from './commands.ts';
import { useClient } from './hooks.ts';
import type { Suggested } from './person.ts';
import { Suggest } from './suggest.tsx';

type OptionProps = {
  readonly line: Line;
  readonly option: Option;
  readonly room: string;
  readonly values: Values;
  readonly onValue: (value: string | File) => void;
};

const COMPLETE_AFTER = 150;

/** Asks the bot for completions while one types; what was taken is shown by its name, and sent as its value. */
const Completed = ({ line, option, room, values, onValue, id }: OptionProps & { readonly id: string }) => {
  const client = useClient();
  const [typed, setTyped] = useState('');
  const [suggested, setSuggested] = useState<readonly Suggested[]>([]);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => {
    if (!isAsking) return;
    let isOld = false;
    const timer = setTimeout(async () => {
      const data = completeData(line, values, option, typed);
      const start = { type: 4 as const, application_id: line.command.application_id, channel_id: room, data };
      const choices = await client.suggest(start);
      if (!isOld) setSuggested(choices);
    }, COMPLETE_AFTER);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [typed, isAsking]);
  const take = (key: string): void => {
    const it = suggested.find(({ value }) => String(value) === key);
    setAsking(false);
    setSuggested([]);
    if (!it) return;
    setTyped(it.name);
    onValue(String(it.value));
  };
  return (
    <Suggest
      id={id}
      value={typed}
      required={option.required === true}
      suggestions={suggested.map(({ name, value }) => ({ key: String(value), name }))}
      onFocus={() => setAsking(typed === '')}
      onType={(text) => {
        setTyped(text);
        setAsking(true);
        onValue(text);
      }}
      onTake={take}
    />
  );
};

const Written = ({ option, values, onValue, id }: OptionProps & { readonly id: string }) => {
  const shared = {
    id,
    required: option.required === true,
    value: String(values.get(option.name) ?? ''),
    onInput: (event: { currentTarget: { value: string } }) => onValue(event.currentTarget.value),
  };
  if (option.type !== OPTION.integer && option.type !== OPTION.number)
    return <input type="text" minLength={option.min_length} maxLength={option.max_length} {...shared} />;
  const step = option.type === OPTION.number ? 'any' : '1';
  return <input type="number" step={step} min={option.min_value} max={option.max_value} {...shared} />;
};

const Input = (props: OptionProps & { readonly id: string }) => {
  const { option, room, values, onValue, id } = props;
  const { view } = useClient();
  const choices = choicesOfOption(view, view.sight.rooms.get(room)?.guildId ?? null, option);
  if (option.autocomplete) return <Completed {...props} />;
  if (option.type === OPTION.attachment)
    return (
      <input
        id={id}
        type="file"
        required={option.required === true}
        onChange={(event) => onValue(event.currentTarget.files?.[0] ?? '')}
      />
    );
  if (!choices) return <Written {...props} />;
  return (
    <select
      id={id}
      required={option.required === true}
      value={String(values.get(option.name) ?? '')}
      onChange={(event) => onValue(event.currentTarget.value)}
    >
      <option value="" />
      {choices.map(({ label, value }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
};

/** The option with its name and what is said of it. */
export const CommandOption = (props: OptionProps) => {
  const id = useId();
  const { option } = props;
  return (
    <div class="field option">
      <label for={id}>
        {option.name}
        {option.required && <span class="required"> (required)</span>}
      </label>
      <small>{option.description}</small>
      <Input {...props} id={id} />
    </div>
  );
};
