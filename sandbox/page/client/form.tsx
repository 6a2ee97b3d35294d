/** A form that a bot opened: shown over the window until it is sent or closed. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { flatten, KIND } from '../../check/component.ts';
import { type Answers, submitData } from '../../people/filling.ts';
import type { Form } from '../../people/sight.ts';
import { presetOf } from './choices.ts';
import { type Answer, Field } from './field.tsx';
import { useClient } from './hooks.ts';
import { Markdown } from './markdown.tsx';
import type { Part } from './wire.ts';

// Part is one loose form of all the kinds that Discord's types list.
const holdersOf = (form: Form): readonly Part[] => form.components as unknown as readonly Part[];

const askedIn = (holder: Part): Part | undefined =>
  (flatten([holder as Parameters<typeof flatten>[0][number]]) as unknown as Part[]).find(
    (it) => it.custom_id != null,
  );

const presetFor = (part: Part): Answer => {
  if (part.type === KIND.textInput) return part.value ?? '';
  if (part.type === KIND.checkbox) return part.default ?? false;
  return presetOf(part);
};

const presets = (form: Form): ReadonlyMap<string, Answer> =>
  new Map(
    holdersOf(form).flatMap((holder) => {
      const part = askedIn(holder);
      return part ? [[String(part.custom_id), presetFor(part)] as const] : [];
    }),
  );

/** A radio group takes one value or none, everything else what it was given. */
const wired = (form: Form, answers: ReadonlyMap<string, Answer>): Answers =>
  Object.fromEntries(
    holdersOf(form).flatMap((holder) => {
      const part = askedIn(holder);
      const answer = answers.get(String(part?.custom_id));
      if (!part || answer === undefined) return [];
      return [[String(part.custom_id), part.type === KIND.radioGroup ? [answer].flat()[0] : answer] as const];
    }),
  ) as Answers;

/** The form, over everything else in the window. */
export const FormDialog = ({ form }: { readonly form: Form }) => {
  const client = useClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [answers, setAnswers] = useState(() => presets(form));
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const guildId = client.view.sight.rooms.get(form.channel_id)?.guildId ?? null;
  useEffect(() => dialog.current?.showModal(), []);

  const close = (): void => {
    if (client.view.sight.form === form) client.view.sight.form = null;
    client.changed();
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    const failed = await client.interact(form.id, {
      type: 5,
      application_id: form.application.id,
      channel_id: form.channel_id,
      data: submitData(form, wired(form, answers)),
    });
    setBusy(false);
    // A form that was refused or not answered stays open, with everything that was written.
    if (failed) setFailure(`Something went wrong. Try again. ${failed}`);
    else close();
  };
  return (
    <dialog ref={dialog} class="form" aria-labelledby="form-title" onClose={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h2 id="form-title">{form.title}</h2>
        {holdersOf(form).map((holder, index) => {
          const part = askedIn(holder);
          if (!part) return <Markdown key={index} text={holder.content ?? ''} guildId={guildId} />;
          const id = String(part.custom_id);
          return (
            <Field
              key={id}
              holder={holder}
              part={part}
              guildId={guildId}
              answer={answers.get(id) ?? ''}
              onAnswer={(answer) => setAnswers((before) => new Map([...before, [id, answer]]))}
            />
          );
        })}
        {failure && (
          <p class="failure" role="alert">
            {failure}
          </p>
        )}
        <div class="form-end">
          <button type="button" class="button secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button primary" aria-busy={isBusy} disabled={isBusy}>
            Submit
          </button>
        </div>
      </form>
    </dialog>
  );
};
