/** A button by which something is done at the sandbox, and what is told when it could not be done. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { actOn } from '../state.ts';

type ActProps = {
  readonly act: string;
  readonly told?: object;
  readonly style?: 'primary' | 'secondary' | 'danger';
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
};

/** The button. */
export const Act = ({ act, told, style = 'secondary', disabled = false, children }: ActProps) => {
  const [failure, setFailure] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(await actOn(act, told));
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        class={`button ${style}`}
        disabled={disabled}
        aria-busy={isBusy}
        onClick={() => void run()}
      >
        {children}
      </button>
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
    </>
  );
};
