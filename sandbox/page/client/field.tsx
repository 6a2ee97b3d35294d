/** One thing that a form asks, with its label and what is said of it. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { KIND } from '../../check/component.ts';
import { ChoiceList } from './choice-list.tsx';
import { choicesOf } from './choices.ts';
import { useClient } from './hooks.ts';
import type { Part } from './wire.ts';

/** An answer: text, several values, or yes and no. */
export type Answer = string | boolean | readonly string[];

type FieldProps = {
  /** What holds the label; the part itself in the older way. */
  readonly holder: Part;
  readonly part: Part;
  readonly guildId: string | null;
  readonly answer: Answer;
  readonly onAnswer: (answer: Answer) => void;
};

const PARAGRAPH = 2;

const isRequired = ({ required }: Part): boolean => required !== false;

const Label = ({ holder, part }: Pick<FieldProps, 'holder' | 'part'>) => (
  <>
    {holder.label ?? part.label}
    {isRequired(part) && part.type !== KIND.checkbox && <span class="required"> (required)</span>}
  </>
);

const TextField = ({ holder, part, answer, onAnswer }: FieldProps) => {
  const id = useId();
  const shared = {
    id,
    value: String(answer),
    placeholder: part.placeholder ?? '',
    required: isRequired(part),
    minLength: part.min_length ?? 0,
    maxLength: part.max_length ?? 4000,
    'aria-describedby': `${id}-more`,
    onInput: (event: { currentTarget: { value: string } }) => onAnswer(event.currentTarget.value),
  };
  return (
    <div class="field">
      <label for={id}>
        <Label holder={holder} part={part} />
      </label>
      <small id={`${id}-more`}>{holder.description}</small>
      {part.style === PARAGRAPH ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />}
    </div>
  );
};

const Group = ({ holder, part, children }: FieldProps & { readonly children: ComponentChildren }) => (
  <fieldset class="field">
    <legend>
      <Label holder={holder} part={part} />
    </legend>
    {holder.description && <small>{holder.description}</small>}
    {children}
  </fieldset>
);

const mostOf = (part: Part): number => {
  if (part.type === KIND.radioGroup) return 1;
  return part.max_values ?? (part.type === KIND.checkboxGroup ? (part.options?.length ?? 1) : 1);
};

const ChoiceField = (props: FieldProps) => {
  const { view } = useClient();
  const { part, guildId, answer, onAnswer } = props;
  return (
    <Group {...props}>
      <ChoiceList
        choices={choicesOf(view, guildId, part)}
        chosen={Array.isArray(answer) ? answer : []}
        most={mostOf(part)}
        onChoose={onAnswer}
      />
    </Group>
  );
};

const BoxField = ({ holder, answer, onAnswer }: FieldProps) => (
  <div class="field">
    <label class="choice">
      <input
        type="checkbox"
        checked={answer === true}
        onChange={(event) => onAnswer(event.currentTarget.checked)}
      />
      <span>
        {holder.label}
        {holder.description && <small>{holder.description}</small>}
      </span>
    </label>
  </div>
);

/** The field for a part of a form. */
export const Field = (props: FieldProps) => {
  if (props.part.type === KIND.textInput) return <TextField {...props} />;
  if (props.part.type === KIND.checkbox) return <BoxField {...props} />;
  return <ChoiceField {...props} />;
};
