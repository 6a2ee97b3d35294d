/** One message as its reader sees it: who wrote it and when, what it says and shows, and who else can see it. */
import { memo } from 'preact/compat';
import { useContext, useState } from 'preact/hooks';
import { isPrivate } from '../../people/sight.ts';
import { Avatar } from './avatar.tsx';
import { dayOf } from './clock.ts';
import { EmbedCard } from './embed.tsx';
import { useClient } from './hooks.ts';
import { Icon } from './icons.tsx';
import { Markdown } from './markdown.tsx';
import { Moment } from './moment.tsx';
import { FileLink, Parts, Picture } from './parts.tsx';
import { TodayContext } from './today.ts';
import { authorOf, nameOf } from './view.ts';
import { type Message, partsOf } from './wire.ts';

const LOADING = 1 << 7;

const isLoading = ({ flags }: Message): boolean => ((flags ?? 0) & LOADING) !== 0;

/** Who asked for an answer, above it. */
const Asked = ({ message, guildId }: { readonly message: Message; readonly guildId: string | null }) => {
  const { view } = useClient();
  const asked = message.interaction_metadata;
  if (!asked || message.type !== 20) return null;
  return <p class="asked">{nameOf(view, asked.user.id, guildId)} used a command</p>;
};

const OnlyYou = ({ message }: { readonly message: Message }) => {
  const { view, changed } = useClient();
  const dismiss = (): void => {
    view.dismissed.add(message.id);
    changed();
  };
  return (
    <p class="only-you">
      <Icon name="eye" /> Only you can see this.
      <button type="button" class="plain" onClick={dismiss}>
        Dismiss message
      </button>
    </p>
  );
};

const Files = ({ message }: { readonly message: Message }) => (
  <>
    {message.attachments.map(({ id, url, filename, content_type, description }) =>
      content_type?.startsWith('image/') ? (
        <Picture key={id} url={url} alt={description ?? filename} />
      ) : (
        <FileLink key={id} url={url} name={filename} />
      ),
    )}
  </>
);

const Body = ({ message, guildId }: { readonly message: Message; readonly guildId: string | null }) => {
  const [failure, setFailure] = useState<string | null>(null);
  if (isLoading(message)) return <p class="thinking">Thinking …</p>;
  return (
    <>
      {message.content && <Markdown text={message.content} guildId={guildId} />}
      {message.embeds.map((embed, index) => (
        <EmbedCard key={index} embed={embed} guildId={guildId} />
      ))}
      <Files message={message} />
      <Parts message={message} parts={partsOf(message)} guildId={guildId} onFailure={setFailure} />
      {failure && (
        <p class="failure" role="alert">
          {failure}
        </p>
      )}
    </>
  );
};

/** A message; drawn again only when it is another. */
export const MessageItem = memo(({ message }: { readonly message: Message }) => {
  const { view } = useClient();
  const today = useContext(TodayContext);
  const guildId = view.sight.rooms.get(message.channel_id)?.guildId ?? null;
  const author = authorOf(view, message);
  const sent = Date.parse(message.timestamp);
  return (
    <li class={isPrivate(message) ? 'message private' : 'message'} data-message={message.id}>
      <Avatar name={author} id={message.author.id} />
      <article aria-label={`${author}${isPrivate(message) ? ', only for you' : ''}`}>
        <Asked message={message} guildId={guildId} />
        <div class="byline">
          <h2>{author}</h2>
          {message.author.bot && <span class="tag">App</span>}
          <Moment moment={sent} style={dayOf(sent) === today ? 't' : 'f'} />
          {message.edited_timestamp && <span class="edited">(edited)</span>}
        </div>
        <Body message={message} guildId={guildId} />
        {isPrivate(message) && <OnlyYou message={message} />}
      </article>
    </li>
  );
});
