/** Keeps how components look on the wire: what was left out filled in, and media with their addresses. */
import { type Component, KIND } from '../check/component.ts';
import { isObject, type Json } from '../check/schema.ts';
import type { Message } from '../world.ts';

/** What media are resolved against: the message that shows them. */
type Holder = Pick<Message, 'id' | 'attachments'>;

/** Media by their address; `attachment://name` stands for one of the message's own files. */
const shapeMedia = ({ id, attachments }: Holder, media: unknown): Json => {
  const url = isObject(media) ? String(media['url']) : '';
  const file = attachments.find(({ filename }) => url === `attachment://${filename}`);
  if (!file) return { id, url, proxy_url: url, width: null, height: null, content_type: null };
  const { url: address, content_type } = file;
  return {
    id: file.id,
    url: address,
    proxy_url: address,
    width: null,
    height: null,
    content_type: content_type ?? null,
    attachment_id: file.id,
  };
};

const isSelect = ({ type }: Component): boolean =>
  type === KIND.stringSelect || (type >= KIND.userSelect && type <= KIND.channelSelect);

const shapeItem = (holder: Holder, item: unknown): Json => ({
  description: null,
  spoiler: false,
  ...(isObject(item) ? item : {}),
  media: shapeMedia(holder, isObject(item) ? item['media'] : null),
});

const shapeFile = (holder: Holder, file: unknown): Json => {
  const shown = shapeMedia(holder, file);
  const attachment = holder.attachments.find(({ id }) => id === shown['attachment_id']);
  return { file: shown, name: attachment?.filename ?? null, size: attachment?.size ?? null };
};

/** What a kind of component has of its own beyond what was given. */
const ownParts = (holder: Holder, it: Component & Json): Json => {
  if (isSelect(it)) return { min_values: it.min_values ?? 1, max_values: it.max_values ?? 1 };
  switch (it.type) {
    case KIND.separator:
      return { spacing: it['spacing'] ?? 1, divider: it['divider'] ?? true };
    case KIND.container:
      return { accent_color: it['accent_color'] ?? null, spoiler: it['spoiler'] ?? false };
    case KIND.thumbnail:
      return shapeItem(holder, it);
    case KIND.gallery:
      return { items: [it['items']].flat().map((item) => shapeItem(holder, item)) };
    case KIND.file:
      return { spoiler: it['spoiler'] ?? false, ...shapeFile(holder, it['file']) };
    default:
      return {};
  }
};

const shapeOne = (holder: Holder, it: Component & Json): Json => ({
  ...it,
  ...ownParts(holder, it),
  ...(it.components && { components: it.components.map((part) => shapeOne(holder, { ...part })) }),
  ...(it.accessory && { accessory: shapeOne(holder, { ...it.accessory }) }),
});

/** The components of a message. */
export const shapeComponents = (message: Message): Json[] =>
  // A message's components have passed the checks by which Component is one loose form of them all.
  message.components.map((it) => shapeOne(message, { ...it } as unknown as Component & Json));

const shapeImage = (holder: Holder, image: { readonly url: string }): Json => {
  const { url, proxy_url } = shapeMedia(holder, image);
  return { url, proxy_url };
};

/** The embeds of a message. */
export const shapeEmbeds = (message: Message): object[] =>
  message.embeds.map(({ image, thumbnail, fields, ...embed }) => ({
    ...embed,
    type: 'rich',
    ...(fields && { fields: fields.map((field) => ({ inline: false, ...field })) }),
    ...(image && { image: shapeImage(message, image) }),
    ...(thumbnail && { thumbnail: shapeImage(message, thumbnail) }),
  }));
