/** Tells those who listen to a screen reader what came into the open room, and that something for them alone has come. */
import { useEffect, useState } from 'preact/hooks';
import { textOf } from '../../people/reading.ts';
import { isPrivate } from '../../people/sight.ts';
import { useClient } from './hooks.ts';
import { authorOf } from './view.ts';

const MOST_LETTERS = 300;

/** Text that is heard, and not seen. */
export const Announcer = () => {
  const { view, onMessage } = useClient();
  const [words, setWords] = useState('');
  useEffect(
    () =>
      onMessage((message) => {
        if (message.channel_id !== view.open || message.author.id === view.sight.userId) return;
        const only = isPrivate(message) ? ', only for you' : '';
        const text = textOf(message).replace(/[*_#>`~|]|<[^>]*>/g, '');
        setWords(`${authorOf(view, message)}${only}: ${text.slice(0, MOST_LETTERS)}`);
      }),
    [],
  );
  return (
    <p class="unseen" aria-live="polite">
      {words}
    </p>
  );
};
