/** A field that suggests as one types: arrows go through the suggestions, Enter or Tab takes one, Escape closes them. */
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';

/** A suggestion, as it is shown. */
export type Shown = { readonly key: string; readonly name: string; readonly more?: string };

type SuggestProps = {
  readonly id?: string;
  readonly label?: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  /** Of several lines: Shift+Enter begins a new one. */
  readonly isLong?: boolean;
  readonly suggestions: readonly Shown[];
  readonly onType: (text: string) => void;
  readonly onTake: (key: string) => void;
  /** Enter where nothing is suggested. */
  readonly onEnter?: () => void;
  readonly onFocus?: () => void;
  readonly children?: ComponentChildren;
};

/** Lines that are shown at once where one writes several. */
const MOST_LINES = 8;

/** The field and its list. */
export const Suggest = (props: SuggestProps) => {
  const { value, suggestions, onType, onTake, onEnter } = props;
  const list = useId();
  const [at, setAt] = useState(0);
  const [isClosed, setClosed] = useState(false);
  const shown = isClosed ? [] : suggestions;
  const active = Math.min(at, shown.length - 1);

  const take = (index: number): void => {
    const it = shown[index];
    if (!it) return;
    setAt(0);
    onTake(it.key);
  };
  const keys: { readonly [key: string]: () => void } = {
    ArrowDown: () => setAt((active + 1) % shown.length),
    ArrowUp: () => setAt((active - 1 + shown.length) % shown.length),
    Enter: () => take(active),
    Tab: () => take(active),
    Escape: () => setClosed(true),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const act = shown.length > 0 && !event.shiftKey ? keys[event.key] : undefined;
    if (act) {
      event.preventDefault();
      act();
    } else if (event.key === 'Enter' && !event.shiftKey && onEnter) {
      event.preventDefault();
      onEnter();
    }
  };
  const shared = {
    id: props.id,
    'aria-label': props.label,
    'aria-controls': shown.length > 0 ? list : undefined,
    'aria-activedescendant': shown.length > 0 ? `${list}-${active}` : undefined,
    'aria-autocomplete': 'list' as const,
    autocomplete: 'off',
    value,
    placeholder: props.placeholder,
    required: props.required,
    maxLength: props.maxLength,
    onFocus: props.onFocus,
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => {
      setClosed(false);
      setAt(0);
      onType(event.currentTarget.value);
    },
    onKeyDown,
  };
  return (
    <div class="suggest">
      {shown.length > 0 && (
        <div role="listbox" id={list} aria-label="Suggestions" class="suggestions">
          {shown.map(({ key, name, more }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list are those of its field, which keeps the focus.
            <div
              key={key}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              ref={(item) => void (index === active && item?.scrollIntoView({ block: 'nearest' }))}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(index)}
            >
              <b>{name}</b> {more && <small>{more}</small>}
            </div>
          ))}
        </div>
      )}
      {props.isLong ? (
        <textarea rows={Math.min(value.split('\n').length, MOST_LINES)} {...shared} />
      ) : (
        <input type="text" role="combobox" aria-expanded={shown.length > 0} {...shared} />
      )}
    </div>
  );
};
