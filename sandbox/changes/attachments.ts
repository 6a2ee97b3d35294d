/** Keeps the files of messages: their bytes, and how a message speaks of them. */
import { randomBytes } from 'node:crypto';
import type { APIAttachment } from 'discord-api-types/v10';
import { ApiError } from '../errors.ts';
import type { UploadedFile } from '../rest/route.ts';
import type { Message, Snowflake, World } from '../world.ts';

/** The largest file that is taken, in bytes. */
export const MOST_BYTES = 10 * 2 ** 20;

/** What a sender says about one file, by its number among the files. */
type Told = {
  readonly id: string | number;
  readonly filename?: string | null;
  readonly title?: string | null;
  readonly description?: string | null;
};

/** Where the addresses of files lie: beneath a channel, or beneath an application to which they were sent. */
export type Folder = { readonly path: 'attachments' | 'ephemeral-attachments'; readonly id: Snowflake };

/** Keeps uploaded files and gives the attachments that a message or an interaction shows for them. */
export const keepFiles = (
  world: World,
  folder: Folder,
  files: readonly UploadedFile[],
  told: readonly Told[] = [],
): APIAttachment[] =>
  files.map((file, index) => {
    if (file.bytes.length > MOST_BYTES) throw new ApiError(413, 40005, 'Request entity too large');
    const number = /\d+/.exec(file.field)?.[0] ?? String(index);
    const words = told.find(({ id }) => String(id) === number);
    const id = world.newId();
    const name = words?.filename ?? file.name;
    const type = file.type || 'application/octet-stream';
    const secret = randomBytes(32).toString('hex');
    world.files.set(id, { name, type, bytes: file.bytes, secret });
    const url = `${world.origin}/${folder.path}/${folder.id}/${id}/${encodeURIComponent(name)}?hm=${secret}`;
    return {
      id,
      filename: name,
      size: file.bytes.length,
      url,
      proxy_url: url,
      content_type: type,
      ...(words?.title ? { title: words.title } : {}),
      ...(words?.description ? { description: words.description } : {}),
    };
  });

/** Takes away the bytes of attachments that no message shows any more. */
export const forgetFiles = (world: World, attachments: readonly APIAttachment[]): void => {
  for (const { id } of attachments) world.files.delete(id);
};

/** The attachments that an edit tells of stay, all of them when it tells of none; new files join them. */
export const attachmentsAfter = (
  world: World,
  { channelId, attachments }: Pick<Message, 'channelId' | 'attachments'>,
  files: readonly UploadedFile[],
  told: readonly Told[] | undefined,
): APIAttachment[] => {
  const kept = attachments.filter(({ id }) => told?.some((one) => String(one.id) === id) ?? true);
  return [...kept, ...keepFiles(world, { path: 'attachments', id: channelId }, files, told)];
};
