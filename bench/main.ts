/** `npm run bench`: what Hearth asks of Discord, and what it adds to the time of an answer. */
import { measureAnswers } from './answers.ts';
import { countCalls } from './calls.ts';

const tell = (text: string): void => void process.stdout.write(`${text}\n`);

tell('What Hearth asks of Discord, counted by a Discord on this machine, beside the least that could do it.');
await countCalls(tell);
tell(
  'How long an answer takes, in rounds that alternate with a handler that only inserts one row and replies',
);
await measureAnswers(tell);
process.exit(0);
