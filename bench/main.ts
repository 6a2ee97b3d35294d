/** `npm run bench`: everything that is measured, or the parts that are named, each with its numbers. */
import { measureAnswers } from './answers.ts';
import { measureAudit } from './audit.ts';
import { measureBackup } from './backup.ts';
import { measureCall } from './call.ts';
import { measureCallCost } from './call-cost.ts';
import { countCalls } from './calls.ts';
import { measureCallsPerCore } from './calls-per-core.ts';
import { measureDelays } from './delays.ts';
import { measurePlanning } from './planning.ts';
import { measureTick } from './tick.ts';
import { measureTogether } from './together.ts';

type Tell = (text: string) => void;

interface Part {
  readonly title: string;
  /** Takes so long that it is measured only where it is named. */
  readonly onlyNamed?: true;
  /** Sizes as they were asked for; the part's own where they are missing. */
  measure(tell: Tell, ...sizes: readonly number[]): Promise<void>;
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
  audit: {
    title:
      'What noting who did what adds to a check-in, in rounds that alternate with the same transaction without it',
    measure: measureAudit,
  },
  backup: {
    title:
      'How long a backup and its restoring take, and how much memory, beside Postgres’s own copying of the same rows',
    measure: measureBackup,
  },
  tick: {
    title: 'What the heartbeats cost as cohorts grow in number',
    measure: measureTick,
  },
  together: {
    title: 'How long it takes until every room has its card when many sessions begin together',
    measure: measureTogether,
  },
  delays: {
    title:
      'How long after its moment a job is begun, beside a bare worker of the same queue that does nothing',
    measure: measureDelays,
  },
  planning: {
    title:
      'How long it takes to make rows of meetings, in rounds that alternate with a script that only inserts them',
    measure: measurePlanning,
  },
  'call-cost': {
    title:
      'What voice costs a session, side by side with one in whose call Hearth is not, in minutes and people',
    measure: measureCallCost,
  },
  'calls-per-core': {
    title: 'How many calls one core carries, of so many on servers of their own',
    measure: measureCallsPerCore,
  },
  call: {
    title:
      'What grows in a whole session in its call, in minutes and people, and whether its sounds are on time',
    onlyNamed: true,
    measure: measureCall,
  },
};

const tell: Tell = (text) => void process.stdout.write(`${text}\n`);

interface Wish {
  readonly part: Part;
  readonly sizes: number[];
}

const usual = (): readonly string[] =>
  Object.entries(PARTS)
    .filter(([, { onlyNamed }]) => !onlyNamed)
    .map(([name]) => name);

/** The parts named, each with the numbers after it, as in `planning together 100`; when none is, all that do not have to be. */
const wished = (words: readonly string[]): readonly Wish[] => {
  const wishes: Wish[] = [];
  for (const word of words.length > 0 ? words : usual()) {
    const part = PARTS[word];
    if (part) wishes.push({ part, sizes: [] });
    else if (/^\d+$/.test(word)) wishes.at(-1)?.sizes.push(Number(word));
    else throw new Error(`there is no "${word}" to measure, only ${Object.keys(PARTS).join(', ')}`);
  }
  return wishes;
};

for (const { part, sizes } of wished(process.argv.slice(2))) {
  tell(part.title);
  await part.measure(tell, ...sizes);
}
process.exit(0);
