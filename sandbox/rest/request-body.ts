/** Keeps how request bodies are read: JSON, or multipart with files and a payload_json. */
import type { IncomingMessage } from 'node:http';
import { ApiError, invalid, refuse } from '../errors.ts';
import type { UploadedFile } from './route.ts';

/** A body and the files that came with it; undefined when there was none. */
export type ReadBody = { readonly body: unknown; readonly files: readonly UploadedFile[] };

// Ten files of ten MiB, and the text around them.
const MOST_BYTES = 105 * 2 ** 20;

const bytesOf = async (incoming: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) throw new ApiError(413, 40005, 'Request entity too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('invalidJson');
  }
};

const fileOf = async (field: string, file: File): Promise<UploadedFile> => ({
  field,
  name: file.name,
  type: file.type,
  bytes: new Uint8Array(await file.arrayBuffer()),
});

const readForm = async (bytes: Buffer, contentType: string): Promise<ReadBody> => {
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } })
    .formData()
    .catch(() => Promise.reject(refuse('invalidJson')));
  const files: Promise<UploadedFile>[] = [];
  const fields: Record<string, unknown> = {};
  for (const [field, value] of form) {
    if (typeof value !== 'string') files.push(fileOf(field, value));
    else if (field === 'payload_json') Object.assign(fields, parsed(value));
    else fields[field] = value;
  }
  return { body: fields, files: await Promise.all(files) };
};

const FORM = 'application/x-www-form-urlencoded';

const wrongType = (wanted: string): ApiError =>
  invalid([], 'CONTENT_TYPE_INVALID', `Expected "Content-Type" header to be one of {'${wanted}'}.`);

/** Fields as texts; one that comes several times is a list. */
const fieldsOf = (text: string): Record<string, string | string[]> => {
  const form = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(form.keys())].map((key) => {
      const [only = '', ...more] = form.getAll(key);
      return [key, more.length > 0 ? [only, ...more] : only];
    }),
  );
};

/** Reads a request's body: JSON or multipart, or a plain form where that is what is taken; anything else is refused. */
export const readBody = async (incoming: IncomingMessage, takesForm = false): Promise<ReadBody> => {
  const bytes = await bytesOf(incoming);
  if (bytes.length === 0) return { body: undefined, files: [] };
  const contentType = incoming.headers['content-type'] ?? '';
  if (takesForm) {
    if (!contentType.startsWith(FORM)) throw wrongType(FORM);
    return { body: fieldsOf(bytes.toString('utf8')), files: [] };
  }
  if (contentType.startsWith('application/json')) return { body: parsed(bytes.toString('utf8')), files: [] };
  if (contentType.startsWith('multipart/form-data')) return await readForm(bytes, contentType);
  throw wrongType('application/json');
};
