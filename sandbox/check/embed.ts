/** Keeps what an embed may hold, and that all embeds of a message hold at most 6000 characters. */
import { url } from './component.ts';
import {
  also,
  type Checked,
  flag,
  integer,
  list,
  maybe,
  object,
  oneOf,
  type Report,
  text,
  timestamp,
} from './schema.ts';

const address = maybe(url(2048));
const icon = maybe(url(2048, ['http', 'https', 'attachment']));
// What Discord adds to an embed by itself comes back when a client edits what it was given, and means nothing then.
const added = maybe(text({ max: 4096 }));
const size = maybe(integer(0));
const picture = maybe(
  object({
    url: url(2048, ['http', 'https', 'attachment']),
    proxy_url: added,
    content_type: added,
    width: size,
    height: size,
  }),
);

const embedFields = object({
  type: maybe(oneOf('rich')),
  title: maybe(text({ max: 256 })),
  description: maybe(text({ max: 4096 })),
  url: address,
  timestamp: maybe(timestamp),
  color: maybe(integer(0, 0xffffff)),
  author: maybe(
    object({
      name: text({ min: 1, max: 256 }),
      url: address,
      icon_url: icon,
      proxy_icon_url: added,
    }),
  ),
  footer: maybe(
    object({
      text: text({ min: 1, max: 2048 }),
      icon_url: icon,
      proxy_icon_url: added,
    }),
  ),
  image: picture,
  thumbnail: picture,
  fields: maybe(
    list(
      object({
        name: text({ min: 1, max: 256 }),
        value: text({ min: 1, max: 1024 }),
        inline: maybe(flag),
      }),
      { max: 25 },
    ),
  ),
});

type Embed = Checked<typeof embedFields>;

const embed = also(embedFields, (it, report) => {
  const shown = [it.title, it.description, it.author, it.footer, it.image, it.thumbnail, it.fields?.[0]];
  if (!shown.some(Boolean)) report.at('description').add('BASE_TYPE_REQUIRED', 'This field is required');
});

const length = (value: string | null | undefined): number => [...(value ?? '')].length;

const lengthOf = (it: Embed): number =>
  length(it.title) +
  length(it.description) +
  length(it.author?.name) +
  length(it.footer?.text) +
  (it.fields ?? []).reduce((sum, field) => sum + length(field.name) + length(field.value), 0);

const sizeRule = (embeds: readonly Embed[], report: Report): void => {
  if (embeds.reduce((sum, it) => sum + lengthOf(it), 0) > 6000)
    report.add('MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
};

/** The embeds of a message: up to ten, 6000 characters together. */
export const embeds = also(list(embed, { max: 10 }), sizeRule);
