/** A command that was chosen after a slash: its options to fill in, and what came of running it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { CommandOption } from './command-option.tsx';
import { filesIn, type Line, runData, type Values } from './commands.ts';
import { useClient } from './hooks.ts';

type CommandFormProps = {
  readonly line: Line;
  readonly room: string;
  /** It was run, or given up; with what failed, if anything. */
  readonly onDone: (failure: string | null) => void;
};

const focusFirst = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLElement>('input, select, button[type=submit]')?.focus();

/** The command with its options; Enter runs it, Escape gives it up. */
export const CommandForm = ({ line, room, onDone }: CommandFormProps) => {
  const client = useClient();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<Values>(new Map());
  const [isBusy, setBusy] = useState(false);
  useEffect(() => focusFirst(form.current), []);
  const run = async (): Promise<void> => {
    setBusy(true);
    const start = { type: 2 as const, application_id: line.command.application_id, channel_id: room };
    const data = runData(line, values);
    onDone(await client.interact(`run ${line.text}`, { ...start, data }, filesIn(values)));
  };
  const field = (option: Line['options'][number]) => (
    <CommandOption
      key={option.name}
      {...{ line, option, room, values }}
      onValue={(value) => setValues((before) => new Map([...before, [option.name, value]]))}
    />
  );
  const required = line.options.filter((it) => it.required);
  const more = line.options.filter((it) => !it.required);
  return (
    <form
      ref={form}
      class="command"
      aria-label={line.text}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void run();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) onDone(null);
      }}
    >
      <p class="command-line">
        <b>{line.text}</b> <small>{line.description}</small>
      </p>
      <div class="options">{required.map(field)}</div>
      {more.length > 0 && (
        <details open={required.length === 0}>
          <summary>
            {more.length} {required.length > 0 ? 'more ' : ''}
            {more.length === 1 ? 'option' : 'options'}
          </summary>
          <div class="options">{more.map(field)}</div>
        </details>
      )}
      <div class="form-end">
        <button type="button" class="button secondary" onClick={() => onDone(null)}>
          Give up
        </button>
        <button type="submit" class="button primary" aria-busy={isBusy}>
          Run
        </button>
      </div>
    </form>
  );
};
