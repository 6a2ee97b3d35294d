/** Keeps the files that a person sends with a command: each is described, and named by exactly one option. */
import type { APIAttachment } from 'discord-api-types/v10';
import { type Folder, keepFiles } from '../changes/attachments.ts';
import { OPTION } from '../check/command-option.ts';
import type { GivenOption, RunBody } from '../check/interaction.ts';
import type { Report } from '../check/schema.ts';
import type { UploadedFile } from '../rest/route.ts';
import type { Place } from './resolve.ts';

/** What was uploaded, by the number under which the options name it. */
export type SentFiles = ReadonlyMap<string, APIAttachment>;

const numberOf = ({ field }: UploadedFile): string => field.replace(/^files\[(\d+)\]$/, '$1');

const isBranch = ({ type }: GivenOption): boolean => type === OPTION.subcommand || type === OPTION.group;

const named = (options: readonly GivenOption[]): readonly string[] =>
  options.flatMap((it) => {
    if (isBranch(it)) return named(it.options ?? []);
    return it.type === OPTION.attachment ? [String(it.value)] : [];
  });

const same = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length &&
  new Set(some).size === some.length &&
  some.every((it) => others.includes(it));

/** Reports files that nobody describes or names, and what is described or named and was not sent. */
export const sentRules = (body: RunBody, files: readonly UploadedFile[], report: Report): void => {
  const sent = files.map(numberOf);
  const described = (body.data.attachments ?? []).map(({ id }) => String(id));
  if (!same(described, sent))
    report.at('attachments').add('ATTACHMENT_NOT_FOUND', 'Every file must be sent and described once.');
  if (!same(named(body.data.options ?? []), sent))
    report.at('options').add('ATTACHMENT_NOT_FOUND', 'Every file must be named by one option.');
};

/** Keeps the files; only whoever hears of the interaction learns where they are. */
export const keepSent = (place: Place, body: RunBody, files: readonly UploadedFile[]): SentFiles => {
  const folder: Folder = { path: 'ephemeral-attachments', id: place.bot.id };
  const kept = keepFiles(place.world, folder, files, body.data.attachments ?? []);
  return new Map(
    files.map((file, index) => {
      const it = kept[index];
      if (!it) throw new Error('a file was not kept');
      return [numberOf(file), { ...it, ephemeral: true }];
    }),
  );
};

/** The options with the id that each file has now, in the place of its number. */
export const withSent = (options: readonly GivenOption[], sent: SentFiles): readonly GivenOption[] =>
  options.map((it) => {
    if (isBranch(it)) return { ...it, options: withSent(it.options ?? [], sent) };
    const file = it.type === OPTION.attachment ? sent.get(String(it.value)) : undefined;
    return file ? { ...it, value: file.id } : it;
  });
