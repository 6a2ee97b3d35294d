/** The messages of a room: the newest at the foot, older ones as one goes up; what is out of sight costs nothing. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Room } from '../../people/sight.ts';
import { useClient } from './hooks.ts';
import { sentenceOf } from './person.ts';
import { StretchItem, stretchesOf } from './stretch.tsx';
import { messagesIn } from './view.ts';
import type { Message } from './wire.ts';

/** As many as Discord gives at once. */
const PAGE = 100;
/** Pixels from the foot at which one is still at it. */
const NEAR = 120;
/** Pixels from the head at which older messages are fetched, so that they are there when one comes to them. */
const SOON = 1_000;

/** What stood in the room before, page by page. */
const useHistory = (room: Room) => {
  const client = useClient();
  const { view, rest, changed } = client;
  const [hasMore, setMore] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isLoading = useRef(false);
  const load = async (before?: string): Promise<void> => {
    if (isLoading.current) return;
    isLoading.current = true;
    const from = before === undefined ? '' : `&before=${before}`;
    try {
      const read = await rest('GET', `/channels/${room.id}/messages?limit=${PAGE}${from}`);
      // The route answers with messages, newest first; what the gateway told of one is at least as new.
      for (const message of read as Message[])
        if (!view.sight.messages.has(message.id)) view.sight.messages.set(message.id, message);
      setMore((read as Message[]).length === PAGE);
      setFailure(null);
    } catch (error) {
      setFailure(sentenceOf(error));
    }
    isLoading.current = false;
    changed();
  };
  // Each login begins from nothing.
  useEffect(() => void load(), [room.id, view.sight.sessionId]);
  return { hasMore, failure, load };
};

/** Stays at the foot while one is there, and where one is while older messages come in above. */
const usePlace = (oldest: string | undefined, newest: string | undefined) => {
  const box = useRef<HTMLElement>(null);
  const isAtFoot = useRef(true);
  const top = useRef(0);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const stay = (): void => {
      if (isAtFoot.current) current.scrollTop = current.scrollHeight;
    };
    stay();
    const sizes = new ResizeObserver(stay);
    sizes.observe(current);
    if (current.firstElementChild) sizes.observe(current.firstElementChild);
    return () => sizes.disconnect();
  }, [newest]);
  const height = useRef(0);
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const grown = current.scrollHeight - height.current;
    // A browser keeps the place by itself, but not for who is at the very head.
    if (!isAtFoot.current && current.scrollTop < 1) current.scrollTop = grown;
    height.current = current.scrollHeight;
  }, [oldest]);
  // What grows by itself scrolls, too; only who goes up has left the foot.
  const onScroll = (): void => {
    const { current } = box;
    if (!current) return;
    const isNear = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR;
    if (isNear || current.scrollTop < top.current) isAtFoot.current = isNear;
    top.current = current.scrollTop;
  };
  return { box, onScroll };
};

/** The messages of a room. */
export const Messages = ({ room, label }: { readonly room: Room; readonly label: string }) => {
  const { view } = useClient();
  const { hasMore, failure, load } = useHistory(room);
  const messages = messagesIn(view, room.id);
  const first = useRef<string | undefined>(undefined);
  first.current ??= messages[0]?.id;
  const { box, onScroll } = usePlace(messages[0]?.id, messages.at(-1)?.id);
  const older = (): void => void load(messages[0]?.id);
  const scrolled = (): void => {
    onScroll();
    if (hasMore && box.current && box.current.scrollTop < SOON) older();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a mouse one scrolls by keys, which needs the focus.
    <section class="scroll" ref={box} onScroll={scrolled} tabIndex={0} aria-label={`Messages in ${label}`}>
      <div class="history">
        {failure && <p class="failure">{failure}</p>}
        {hasMore && (
          <button type="button" class="button secondary older" onClick={older}>
            Show older messages
          </button>
        )}
        {messages.length === 0 && !failure && <p class="nothing">Nothing was written here yet.</p>}
        {stretchesOf(messages, first.current).map(({ number, messages: together }) => (
          <StretchItem key={number} messages={together} />
        ))}
      </div>
    </section>
  );
};
