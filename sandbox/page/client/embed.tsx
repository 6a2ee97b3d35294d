/** Shows an embed of a message. */
import { Markdown } from './markdown.tsx';
import { Moment } from './moment.tsx';
import { Picture } from './parts.tsx';
import type { Embed } from './wire.ts';

type Props = { readonly embed: Embed; readonly guildId: string | null };

const Fields = ({ embed, guildId }: Props) => (
  <dl class="fields">
    {(embed.fields ?? []).map(({ name, value, inline }) => (
      <div key={name} class={inline ? 'inline' : ''}>
        <dt>
          <Markdown text={name} guildId={guildId} />
        </dt>
        <dd>
          <Markdown text={value} guildId={guildId} />
        </dd>
      </div>
    ))}
  </dl>
);

const colour = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : `#${value.toString(16).padStart(6, '0')}`;

/** One embed. */
export const EmbedCard = ({ embed, guildId }: Props) => (
  <div class="embed" style={{ borderInlineStartColor: colour(embed.color) }}>
    {embed.author && <p class="embed-author">{embed.author.name}</p>}
    {embed.title && (
      <h3>
        <Markdown text={embed.title} guildId={guildId} />
      </h3>
    )}
    {embed.description && <Markdown text={embed.description} guildId={guildId} />}
    {(embed.fields ?? []).length > 0 && <Fields embed={embed} guildId={guildId} />}
    {embed.image && <Picture url={embed.image.url} alt="" />}
    {(embed.footer || embed.timestamp) && (
      <p class="embed-footer">
        {embed.footer?.text}
        {embed.timestamp && <Moment moment={Date.parse(embed.timestamp)} style="f" />}
      </p>
    )}
  </div>
);
