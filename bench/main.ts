/** `npm run bench`: everything that is measured, or the parts that are named, each with its numbers. */
import { measureAnswers } from './answers.ts';
import { countCalls } from './calls.ts';
import { measurePlanning } from './planning.ts';

type Tell = (text: string) => void;

interface Part {
  readonly title: string;
  /** `size` as it was asked for; the part's own when missing. */
  measure(tell: Tell, size?: number): Promise<void>;
}

const PARTS: Readonly<Record<string, Part>> = {
  calls: {
    title:
      'What Hearth asks of Discord, counted by a Discord on this machine, beside the least that could do it',
    measure: countCalls,
  },
  answers: {
    title:
      'How long an answer takes, in rounds that alternate with a handler that only inserts one row and replies',
    measure: measureAnswers,
  },
  planning: {
    title:
      'How long it takes to make rows of meetings, in rounds that alternate with a script that only inserts them',
    measure: measurePlanning,
  },
};

const tell: Tell = (text) => void process.stdout.write(`${text}\n`);

/** The parts named and the size after each, as in `planning together 100`; all of them when none is. */
const wished = (words: readonly string[]): readonly (readonly [Part, number | undefined])[] =>
  words.length === 0
    ? Object.values(PARTS).map((part) => [part, undefined] as const)
    : words.flatMap((word, index) => {
        if (/^\d+$/.test(word)) return [];
        const part = PARTS[word];
        if (!part) throw new Error(`there is no "${word}" to measure, only ${Object.keys(PARTS).join(', ')}`);
        const size = Number(words[index + 1]);
        return [[part, Number.isInteger(size) ? size : undefined] as const];
      });

for (const [{ title, measure }, size] of wished(process.argv.slice(2))) {
  tell(title);
  await measure(tell, size);
}
process.exit(0);
