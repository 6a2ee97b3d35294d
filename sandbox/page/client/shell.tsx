/** The page around the windows: who is shown beside whom, the story, the clock, and what can go wrong. */
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PagePerson } from '../story.ts';
import { Icon } from './icons.tsx';
import { Clock } from './shell/clock-panel.tsx';
import { Faults } from './shell/faults.tsx';
import { goTo, Pane } from './shell/pane.tsx';
import { Story } from './shell/story.tsx';
import { followTheme, peopleHere, setTheme, type Theme, usePageState, useSending } from './state.ts';

const MOST_PANES = 4;

const fromAddress = (people: readonly PagePerson[]): readonly string[] =>
  decodeURIComponent(location.hash.slice(1))
    .split(',')
    .flatMap((name) => people.find((it) => it.name === name)?.id ?? []);

const keepInAddress = (people: readonly PagePerson[], shown: readonly string[]): void => {
  const names = shown.flatMap((id) => people.find((it) => it.id === id)?.name ?? []);
  history.replaceState(null, '', `#${names.map(encodeURIComponent).join(',')}`);
};

/** Whose windows are open, as the address has it. */
const usePanes = (people: readonly PagePerson[]) => {
  const [shown, setShown] = useState<readonly string[]>(() => {
    const named = fromAddress(people);
    return named.length > 0 ? named : people.slice(0, 1).map(({ id }) => id);
  });
  useEffect(() => keepInAddress(people, shown), [shown]);
  const unshown = people.find(({ id }) => !shown.includes(id));
  return {
    shown,
    add: shown.length < MOST_PANES && unshown ? () => setShown([...shown, unshown.id]) : undefined,
    change: (at: number, id: string) => setShown(shown.map((it, index) => (index === at ? id : it))),
    close: (at: number) => setShown(shown.filter((_, index) => index !== at)),
    show: (id: string) => {
      if (!shown.includes(id)) setShown([id, ...shown.slice(1)]);
    },
  };
};

const ThemeChoice = () => (
  <label class="theme">
    Colours{' '}
    <select
      value={document.documentElement.dataset['theme']}
      onChange={(event) => setTheme(event.currentTarget.value as Theme)}
    >
      <option value="system">as the machine has them</option>
      <option value="light">light</option>
      <option value="dark">dark</option>
    </select>
  </label>
);

const Shell = ({ people }: { readonly people: readonly PagePerson[] }) => {
  const state = usePageState();
  const panes = usePanes(people);
  const send = useSending();
  const [isOpen, setOpen] = useState(true);
  const control = useRef<HTMLElement>(null);
  const show = (id: string, room: string | null): void => {
    panes.show(id);
    if (room !== null) send(id, room);
    // Once it is drawn.
    requestAnimationFrame(() => goTo(id));
  };
  const goToControl = (): void => {
    setOpen(true);
    requestAnimationFrame(() => control.current?.focus());
  };
  return (
    <div class={isOpen ? 'outer open' : 'outer'}>
      <header class="bar">
        {/* By keyboard, every window before it would have to be gone through. */}
        <button type="button" class="button primary skip" onClick={goToControl}>
          Skip to story and faults
        </button>
        <h1>Be anyone</h1>
        <p>A Discord of your own. It is on this machine only, and nothing of it is kept.</p>
        <ThemeChoice />
        {panes.add && (
          <button type="button" class="button secondary" onClick={panes.add}>
            Add a window
          </button>
        )}
        <button
          type="button"
          class="button secondary"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="menu" /> Story and faults
        </button>
      </header>
      <main class="panes">
        {panes.shown.map((id, at) => (
          <Pane
            key={at}
            people={people}
            id={id}
            onChange={(other) => panes.change(at, other)}
            onClose={panes.shown.length > 1 ? () => panes.close(at) : undefined}
          />
        ))}
      </main>
      <aside class="control" aria-label="Story and faults" ref={control} tabIndex={-1}>
        {state?.story && <Story story={state.story} people={people} onShow={show} />}
        {state && <Clock state={state} />}
        {state && <Faults state={state} people={people} />}
      </aside>
    </div>
  );
};

const start = async (): Promise<void> => {
  followTheme();
  const place = document.querySelector('#page');
  if (!place) throw new Error('the document has no place for the page');
  const people = await peopleHere();
  place.replaceChildren();
  render(<Shell people={people} />, place);
};

void start();
