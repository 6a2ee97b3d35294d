/** Keeps how components are laid out in a message: rows of the first generation, and the layouts of version 2. */
import { type Component, componentId, customId, emoji, flatten, KIND, url } from './component.ts';
import type { Check, Report } from './schema.ts';
import { also, flag, integer, list, maybe, object, oneOf, text, variant } from './schema.ts';
import { selects } from './select.ts';

const buttonFields = object({
  type: oneOf(KIND.button),
  id: componentId,
  style: oneOf(1, 2, 3, 4, 5),
  label: maybe(text({ max: 80 })),
  emoji: maybe(emoji),
  custom_id: maybe(customId),
  url: maybe(url(512, ['http', 'https', 'discord'])),
  disabled: maybe(flag),
});

/** A button: a custom id, or an address when it is a link; and a label or an emoji. */
const button = also(buttonFields, (it, report) => {
  const [wanted, refused] =
    it.style === 5 ? (['url', 'custom_id'] as const) : (['custom_id', 'url'] as const);
  if (it[wanted] == null) report.at(wanted).add('BASE_TYPE_REQUIRED', 'This field is required');
  if (it[refused] != null)
    report.at(refused).add('BUTTON_COMPONENT_FIELD_NOT_ALLOWED', `A button of this style has no ${refused}.`);
  if (!it.label && it.emoji == null)
    report.at('label').add('BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A button needs a label or an emoji.');
});

const rowFields = object({
  type: oneOf(KIND.row),
  id: componentId,
  components: list(variant<Component>('type', { [KIND.button]: button, ...selects('message') }), {
    min: 1,
    max: 5,
  }),
});

/** A row: up to five buttons, or one select alone. */
const row = also(rowFields, (it, report) => {
  const width = it.components.reduce((sum, part) => sum + (part.type === KIND.button ? 1 : 5), 0);
  if (width > 5)
    report
      .at('components')
      .add('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width');
});

const textDisplay = object({
  type: oneOf(KIND.textDisplay),
  id: componentId,
  content: text({ min: 1, max: 4000 }),
});

const media = object({ url: url(2048, ['http', 'https', 'attachment']) });
const about = { description: maybe(text({ min: 1, max: 1024 })), spoiler: maybe(flag), media };

const thumbnail = object({ type: oneOf(KIND.thumbnail), id: componentId, ...about });

const section = object({
  type: oneOf(KIND.section),
  id: componentId,
  components: list(variant<Component>('type', { [KIND.textDisplay]: textDisplay }), { min: 1, max: 3 }),
  accessory: variant<Component>('type', { [KIND.button]: button, [KIND.thumbnail]: thumbnail }),
});

const gallery = object({
  type: oneOf(KIND.gallery),
  id: componentId,
  items: list(object(about), { min: 1, max: 10 }),
});

const file = object({
  type: oneOf(KIND.file),
  id: componentId,
  spoiler: maybe(flag),
  file: object({ url: url(2048, ['attachment']) }),
});

const separator = object({
  type: oneOf(KIND.separator),
  id: componentId,
  divider: maybe(flag),
  spacing: maybe(oneOf(1, 2)),
});

const blocks: { readonly [kind: number]: Check<Component> } = {
  [KIND.row]: row,
  [KIND.section]: section,
  [KIND.textDisplay]: textDisplay,
  [KIND.gallery]: gallery,
  [KIND.file]: file,
  [KIND.separator]: separator,
};

const container = object({
  type: oneOf(KIND.container),
  id: componentId,
  accent_color: maybe(integer(0, 0xffffff)),
  spoiler: maybe(flag),
  components: list(variant<Component>('type', blocks), { min: 1, max: 39 }),
});

/** Custom ids and numbers must each name one component alone. */
export const distinctIds = (components: readonly Component[], report: Report): void => {
  const seen = new Set<string | number>();
  for (const it of flatten(components)) {
    for (const id of [it.custom_id, it.id || null]) {
      if (id == null) continue;
      if (seen.has(id)) report.add('COMPONENT_ID_DUPLICATED', `Component id ${id} cannot be duplicated`);
      seen.add(id);
    }
  }
};

const shownText = (components: readonly Component[]): number =>
  flatten(components).reduce(
    (sum, it) => sum + (it.type === KIND.textDisplay ? (it.content ?? '').length : 0),
    0,
  );

const wholeRules = (components: readonly Component[], report: Report): void => {
  distinctIds(components, report);
  if (flatten(components).length > 40)
    report.add('BASE_TYPE_MAX_LENGTH', 'A message has at most 40 components in all.');
  if (shownText(components) > 4000)
    report.add('COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', 'Total text exceeds maximum size of 4000');
};

/** The components of a message without the version 2 flag: up to five rows. */
export const firstComponents: Check<Component[]> = also(
  list(variant<Component>('type', { [KIND.row]: row }), { max: 5 }),
  wholeRules,
);

/** The components of a message with the version 2 flag: up to 40, nested ones counted. */
export const secondComponents: Check<Component[]> = also(
  list(variant<Component>('type', { ...blocks, [KIND.container]: container }), { max: 40 }),
  wholeRules,
);

/** Names of the attachments that components show (`attachment://name`). */
export const shownAttachments = (components: unknown): string[] =>
  [...JSON.stringify(components ?? []).matchAll(/"attachment:\/\/([^"]+)"/g)].map((match) =>
    String(match[1]),
  );
