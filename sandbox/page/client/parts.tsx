/** Shows the components of a message: containers, sections, texts, media, and what can be pressed. */
import { KIND } from '../../check/component.ts';
import { Icon } from './icons.tsx';
import { isWebAddress, Markdown } from './markdown.tsx';
import { isSelect, PressButton, type PressProps, Select } from './press.tsx';
import type { Message, Part } from './wire.ts';

type PartProps = PressProps & { readonly guildId: string | null };

/** Media of this server are shown; those of others are only linked: nothing is fetched from elsewhere. */
export const Picture = ({ url, alt }: { readonly url: string; readonly alt: string }) => {
  if (new URL(url, location.href).origin === location.origin)
    return <img src={url} alt={alt} loading="lazy" />;
  if (!isWebAddress(url)) return null;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {alt || 'Picture'} <Icon name="link" />
    </a>
  );
};

/** A file that can be opened. */
export const FileLink = ({ url, name }: { readonly url: string; readonly name: string }) =>
  isWebAddress(url) ? (
    <a class="file" href={url} target="_blank" rel="noopener noreferrer">
      <Icon name="file" /> {name}
    </a>
  ) : null;

const Inside = (props: PartProps) => (
  <>
    {(props.part.components ?? []).map((part, index) => (
      <OnePart key={part.custom_id ?? index} {...props} part={part} />
    ))}
  </>
);

const Section = (props: PartProps) => (
  <div class="section">
    <div class="section-text">
      <Inside {...props} />
    </div>
    {props.part.accessory && <OnePart {...props} part={props.part.accessory} />}
  </div>
);

const Gallery = ({ part }: { readonly part: Part }) => (
  <div class="gallery">
    {(part.items ?? []).map((item) => (
      <Picture key={item.media.url} url={item.media.url} alt={item.description ?? ''} />
    ))}
  </div>
);

const colour = (value: number | null | undefined): string | undefined =>
  value == null ? undefined : `#${value.toString(16).padStart(6, '0')}`;

const OnePart = (props: PartProps) => {
  const { part, guildId } = props;
  if (isSelect(part)) return <Select {...props} />;
  switch (part.type) {
    case KIND.container:
      return (
        <div class="container" style={{ borderInlineStartColor: colour(part.accent_color) }}>
          <Inside {...props} />
        </div>
      );
    case KIND.row:
      return (
        <div class="row">
          <Inside {...props} />
        </div>
      );
    case KIND.section:
      return <Section {...props} />;
    case KIND.textDisplay:
      return <Markdown text={part.content ?? ''} guildId={guildId} />;
    case KIND.button:
      return <PressButton {...props} />;
    case KIND.separator:
      return part.divider === false ? <div class="space" /> : <hr />;
    case KIND.gallery:
      return <Gallery part={part} />;
    case KIND.thumbnail:
      return <Picture url={part.media?.url ?? ''} alt={part.description ?? ''} />;
    case KIND.file:
      return <FileLink url={part.file?.url ?? ''} name={part.name ?? 'File'} />;
    default:
      return null;
  }
};

type PartsProps = {
  readonly message: Message;
  readonly parts: readonly Part[];
  readonly guildId: string | null;
  readonly onFailure: (failure: string | null) => void;
};

/** All components of a message. */
export const Parts = ({ message, parts, guildId, onFailure }: PartsProps) => (
  <>
    {parts.map((part, index) => (
      <OnePart key={index} message={message} part={part} guildId={guildId} onFailure={onFailure} />
    ))}
  </>
);
