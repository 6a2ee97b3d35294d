/** A card as Discord shows it: an embed, which pings nobody, and rows of buttons; above it those for whom it rings. */
import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APIEmbed,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10';
import type { Action, Card, Link } from '../../words/card.ts';
import { mention } from '../../words/markup.ts';
import { customIdOf } from './custom-id.ts';
import { CALLS, CARD, within } from './limits.ts';

type Buttons = APIActionRowComponent<APIButtonComponentWithCustomId | APIButtonComponentWithURL>;

export interface CardPayload {
  readonly content?: string;
  readonly embeds: APIEmbed[];
  readonly components: Buttons[];
  readonly allowed_mentions: { parse: []; users?: string[] };
}

const COLOURS: Readonly<Record<NonNullable<Card['tone']>, number>> = {
  calm: 0x6f_8f_a6,
  attention: 0xc9_8a_3b,
};

const STYLES = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const;

const button = ({
  label,
  command,
  given = {},
  style = 'secondary',
  disabled,
}: Action): APIButtonComponentWithCustomId => {
  within(`button “${label}”`, label.length, CARD.buttonLabel);
  return {
    type: ComponentType.Button,
    style: STYLES[style],
    label,
    custom_id: customIdOf({ path: command, given }),
    ...(disabled ? { disabled } : {}),
  };
};

const linkButton = ({ label, address }: Link): APIButtonComponentWithURL => {
  within(`link “${label}”`, label.length, CARD.buttonLabel);
  within(`address of “${label}”`, address.length, CARD.address);
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: address };
};

const row = (actions: readonly Action[]): Buttons => {
  within('buttons in a row', actions.length, CARD.buttonsInRow);
  return { type: ComponentType.ActionRow, components: actions.map(button) };
};

const linkRow = (links: readonly Link[]): readonly Buttons[] => {
  within('links in a row', links.length, CARD.buttonsInRow);
  return links.length > 0 ? [{ type: ComponentType.ActionRow, components: links.map(linkButton) }] : [];
};

/** Rows of buttons, those that lead elsewhere last; throws a RangeError when there are more than Discord takes. */
export const rowsOf = (
  actions: Card['actions'] = [],
  links: NonNullable<Card['links']> = [],
): CardPayload['components'] => {
  const rows = [...actions.filter((each) => each.length > 0).map(row), ...linkRow(links)];
  within('rows', rows.length, CARD.rows);
  return rows;
};

const embedOf = ({ title, text, fields = [], tone = 'calm' }: Card): APIEmbed => ({
  ...(title ? { title } : {}),
  ...(text ? { description: text } : {}),
  ...(fields.length > 0 ? { fields: fields.map(({ name, value }) => ({ name, value })) } : {}),
  color: COLOURS[tone],
});

const checked = (embed: APIEmbed): APIEmbed => {
  const { title = '', description = '', fields = [] } = embed;
  within('title', title.length, CARD.title);
  within('text', description.length, CARD.text);
  within('fields', fields.length, CARD.fields);
  for (const { name, value } of fields) {
    within(`name of “${name}”`, name.length, CARD.fieldName);
    within(`“${name}”`, value.length, CARD.fieldValue);
  }
  const total = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  within('card', title.length + description.length + total, CARD.total);
  return embed;
};

const called = (calls: readonly string[]): Pick<CardPayload, 'content' | 'allowed_mentions'> => {
  within('people called', calls.length, CALLS);
  const content = calls.map(mention).join(' ');
  return { content, allowed_mentions: { parse: [], ...(calls.length > 0 && { users: [...calls] }) } };
};

/** What Discord is sent for a card; throws a RangeError when something is longer than Discord takes. */
export const cardPayload = (card: Card): CardPayload => ({
  embeds: [checked(embedOf(card))],
  components: rowsOf(card.actions, card.links),
  allowed_mentions: { parse: [] },
  ...(card.calls && called(card.calls)),
});
