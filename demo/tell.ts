/** How the story is told while it goes on: to standard output, or to standard error when that is kept for the document. */
export interface Teller {
  /** A new part of the story. */
  chapter(title: string): void;
  /** Something that somebody did, or that could be seen. */
  line(text: string): void;
  /** What stands in a room, seen with the eyes of one person. */
  sight(whose: string, lines: readonly string[]): void;
}

export const tellerTo = (stream: NodeJS.WritableStream): Teller => ({
  chapter: (title) => void stream.write(`\n${title}\n${'-'.repeat(title.length)}\n`),
  line: (text) => void stream.write(`  ${text}\n`),
  sight: (whose, lines) =>
    void stream.write(`  ${whose} sees:\n${lines.map((line) => `    | ${line}\n`).join('')}`),
});

/** What is told of something that failed. */
export const whyOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
