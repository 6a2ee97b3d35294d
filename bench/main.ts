/** `npm run bench`: what Hearth asks of Discord, and what it adds to the time of an answer. */
import { countCalls } from './calls.ts';

const tell = (text: string): void => void process.stdout.write(`${text}\n`);

await countCalls(tell);
process.exit(0);
