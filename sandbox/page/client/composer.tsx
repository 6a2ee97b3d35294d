/** Where one writes: a message, or a command after a slash. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Room } from '../../people/sight.ts';
import { CommandForm } from './command-form.tsx';
import { fitting, type Line, linesAt } from './commands.ts';
import { useClient } from './hooks.ts';
import { sentenceOf } from './person.ts';
import { Suggest } from './suggest.tsx';
import { roomName } from './view.ts';

const MOST_LETTERS = 2000;

/** For fingers; who has keys has Enter. */
const SendButton = ({ isBusy, onSend }: { readonly isBusy: boolean; readonly onSend: () => void }) => (
  <button
    type="button"
    class="button primary send"
    aria-busy={isBusy}
    // The field keeps the focus, or the keys on the screen would go away.
    onMouseDown={(event) => event.preventDefault()}
    onClick={onSend}
  >
    Send
  </button>
);

/** The line at the foot of a room. */
export const Composer = ({ room }: { readonly room: Room }) => {
  const client = useClient();
  const box = useRef<HTMLDivElement>(null);
  /** A command was run or given up, and one goes on writing. */
  const isBack = useRef(false);
  const [text, setText] = useState('');
  const [lines, setLines] = useState<readonly Line[]>([]);
  const [line, setLine] = useState<Line | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSending, setSending] = useState(false);
  const wantsCommand = text.startsWith('/');
  useEffect(() => {
    if (!wantsCommand) return;
    linesAt(client, room.id).then(setLines, (error) => setFailure(sentenceOf(error)));
  }, [wantsCommand, room.id]);
  useLayoutEffect(() => {
    if (isBack.current) box.current?.querySelector('textarea')?.focus();
    isBack.current = false;
  }, [line]);

  const say = async (): Promise<void> => {
    const content = text.trim();
    // Who taps twice says it once.
    if (content === '' || isSending) return;
    setFailure(null);
    setSending(true);
    try {
      await client.rest('POST', `/channels/${room.id}/messages`, { content });
      setText('');
    } catch (error) {
      setFailure(sentenceOf(error));
    } finally {
      setSending(false);
    }
  };
  const begin = (command: string): void => {
    setFailure(null);
    setLine(lines.find((it) => it.text === command) ?? null);
  };
  const done = (failed: string | null): void => {
    setLine(null);
    setText('');
    setFailure(failed);
    isBack.current = true;
  };
  const shown = wantsCommand ? fitting(lines, text) : [];
  /** As Enter does: what is suggested first is taken, and all else is said. */
  const send = (): void => {
    const [first] = shown;
    if (first) begin(first.text);
    else void say();
  };
  return (
    <div class="composer" ref={box}>
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
      {line ? (
        <CommandForm key={line.text} line={line} room={room.id} onDone={done} />
      ) : (
        <div class="writing">
          <Suggest
            isLong
            label={`Message ${roomName(client.view, room)}`}
            placeholder="Message, or / for a command"
            maxLength={MOST_LETTERS}
            value={text}
            suggestions={shown.map((it) => ({ key: it.text, name: it.text, more: it.description }))}
            onType={setText}
            onTake={begin}
            onEnter={() => void say()}
          />
          <SendButton isBusy={isSending} onSend={send} />
        </div>
      )}
    </div>
  );
};
