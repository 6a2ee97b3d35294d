/** Keeps what a sender says about files, and that everything said or shown of them is really there. */
import type { UploadedFile } from '../rest/route.ts';
import { shownAttachments } from './message-components.ts';
import type { Check, Checked, Report } from './schema.ts';
import { flag, integer, maybe, number, object, snowflake, text } from './schema.ts';

/** What must be known of the message that is edited. */
export type Before = {
  readonly flags: number;
  readonly attachments: readonly { readonly id: string; readonly filename: string }[];
};

const fileNumber: Check<string | number> = (value, report) =>
  typeof value === 'number' ? integer(0)(value, report) : snowflake(value, report);

/** What is said about one file of the request, by its number, or about an attachment that stays, by its id. */
export const attachment = object({
  id: fileNumber,
  filename: maybe(text({ min: 1, max: 1024 })),
  title: maybe(text({ max: 1024 })),
  description: maybe(text({ max: 1024 })),
  duration_secs: maybe(number(0)),
  waveform: maybe(text({ max: 400 })),
  is_spoiler: maybe(flag),
});

/** What a sender says about one file. */
export type AttachmentBody = Checked<typeof attachment>;

type Shown = {
  readonly attachments?: readonly AttachmentBody[] | null;
  readonly embeds?: unknown;
  readonly components?: unknown;
};

const fileIndex = (file: UploadedFile): string => file.field.replace(/^files\[(\d+)\]$/, '$1');

const namesIn = (body: Shown, files: readonly UploadedFile[], before: Before): ReadonlySet<string> =>
  new Set([
    ...files.map((file) => file.name),
    ...before.attachments.map((it) => it.filename),
    ...(body.attachments ?? []).flatMap((it) => it.filename ?? []),
  ]);

const idRules = (body: Shown, files: readonly UploadedFile[], before: Before, report: Report): void => {
  const known = new Set([...files.map(fileIndex), ...before.attachments.map((it) => it.id)]);
  for (const [index, it] of (body.attachments ?? []).entries())
    if (!known.has(String(it.id)))
      report.at(index).at('id').add('ATTACHMENT_NOT_FOUND', `No file has the id ${it.id}.`);
};

const shownRules = (value: unknown, names: ReadonlySet<string>, report: Report): void => {
  for (const name of shownAttachments(value))
    if (!names.has(name))
      report.add(
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        `The attachment ${name} referenced in a media item was not found.`,
      );
};

/** At most ten files, every one that is described there, and every `attachment://` address of one of them. */
export const attachmentRules = (
  body: Shown,
  files: readonly UploadedFile[],
  before: Before,
  report: Report,
): void => {
  if (files.length > 10)
    report.at('attachments').add('BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  idRules(body, files, before, report.at('attachments'));
  const names = namesIn(body, files, before);
  for (const key of ['embeds', 'components'] as const) shownRules(body[key], names, report.at(key));
};
