/** The window of one person beside those of others: a document of its own, that knows nothing of them. */
import type { PagePerson } from '../../story.ts';
import { Icon } from '../icons.tsx';
import { OUTER } from '../state.ts';

type PaneProps = {
  readonly people: readonly PagePerson[];
  readonly id: string;
  readonly onChange: (id: string) => void;
  readonly onClose: (() => void) | undefined;
};

const placeOf = (id: string): string => `window-of-${id}`;

/** Brings somebody's window into sight, and goes on in it by keyboard. */
export const goTo = (id: string): void => {
  const window = document.getElementById(placeOf(id));
  window?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  window?.focus();
};

/** The window, with whose it is above it. */
export const Pane = ({ people, id, onChange, onClose }: PaneProps) => {
  const name = people.find((it) => it.id === id)?.name ?? 'somebody';
  return (
    <section class="pane" aria-label={`Window of ${name}`}>
      <header>
        <label>
          <span>You are</span>
          <select value={id} onChange={(event) => onChange(event.currentTarget.value)}>
            {people.map((it) => (
              <option key={it.id} value={it.id}>
                {it.name} ({it.part})
              </option>
            ))}
          </select>
        </label>
        {onClose && (
          <button type="button" class="button plain" onClick={onClose}>
            <Icon name="close" /> <span class="unseen">Close the window of {name}</span>
          </button>
        )}
      </header>
      <iframe key={id} id={placeOf(id)} src={`/as?person=${id}&outer=${OUTER}`} title={`Window of ${name}`} />
    </section>
  );
};
