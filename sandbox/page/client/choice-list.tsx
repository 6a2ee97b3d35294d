/** A list to choose in: one by radio buttons, several by boxes; each with its words beside it. */
import { useId } from 'preact/hooks';
import type { Choice } from './wire.ts';

type ChoiceListProps = {
  readonly choices: readonly Choice[];
  readonly chosen: readonly string[];
  /** More than one makes boxes of them. */
  readonly most: number;
  readonly onChoose: (values: readonly string[]) => void;
};

/** The choices, of which `most` can be taken. */
export const ChoiceList = ({ choices, chosen, most, onChoose }: ChoiceListProps) => {
  const name = useId();
  const isSingle = most <= 1;
  const toggle = (value: string): void => {
    if (isSingle) onChoose([value]);
    else onChoose(chosen.includes(value) ? chosen.filter((it) => it !== value) : [...chosen, value]);
  };
  return (
    <div class="choices">
      {choices.map(({ value, label, description }) => (
        <label key={value} class="choice">
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={name}
            value={value}
            checked={chosen.includes(value)}
            disabled={!isSingle && chosen.length >= most && !chosen.includes(value)}
            onChange={() => toggle(value)}
          />
          <span>
            {label}
            {description && <small>{description}</small>}
          </span>
        </label>
      ))}
    </div>
  );
};
