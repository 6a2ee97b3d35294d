/** The programs beside Hearth, as whoever runs them meets them. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What a program says, to both of its streams, and how it ends. */
export const ended = async (child: ChildProcess): Promise<{ code: unknown; said: string }> => {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  }
  const [code] = await once(child, 'close');
  return { code, said };
};
