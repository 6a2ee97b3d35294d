/** How the story is told while it goes on: to standard output, or to standard error when that is kept for the document. */
export interface Teller {
  /** A new part of the story. */
  chapter(title: string): void;
  /** Something that somebody did, or that could be seen. */
  line(text: string): void;
}

export const tellerTo = (stream: NodeJS.WritableStream): Teller => ({
  chapter: (title) => void stream.write(`\n${title}\n${'-'.repeat(title.length)}\n`),
  line: (text) => void stream.write(`  ${text}\n`),
});
