/** `npm run audit -- verify | checkpoint`: for whoever runs Hearth, in plain sentences; ends with 1 when something is wrong. */
import { openLog } from './adapters/pino/log.ts';
import { type OpenTrail, openTrail } from './adapters/postgres/audit/trail.ts';
import { checkpointsIn } from './adapters/system/checkpoint-file.ts';
import { checkpointing, whenGrown } from './app/make-checkpoints.ts';
import { type AuditVerdict, type ChainVerdict, verifyAudit } from './app/verify-audit.ts';
import { type StoreConfig, storeConfigOfProcess } from './config.ts';
import type { AuditFault } from './core/audit-proof.ts';
import { openDatabase, openKeys } from './opening.ts';

const say = (...sentences: readonly string[]): void => {
  for (const sentence of sentences) process.stdout.write(`${sentence}\n`);
};

const FAULTS: Readonly<Record<AuditFault, string>> = {
  missing: 'is missing, though there are later ones: it was deleted',
  'unknown-key':
    'is sealed with a key that is not at hand: put the key back, or it was put in from elsewhere',
  changed:
    'is not what was written under this number: it was changed, put in, or put in the place of another',
  moved: 'was written after another entry than the one before it: it was moved, or one before it was put in',
  rewritten: 'is another than the one that stood here when a checkpoint was made: the chain was written anew',
  cut: 'is missing, though a checkpoint saw it: the end of the chain was cut off',
};

const nameOf = (chain: string): string =>
  chain === '' ? 'The chain of the installation' : `The chain of server ${chain}`;

const chainSentence = ({ chain, entries, checkpoints, bad }: ChainVerdict): string =>
  bad
    ? `${nameOf(chain)} is NOT as it was written: entry ${bad.number} ${FAULTS[bad.fault]}. The ${entries} before it are sound.`
    : `${nameOf(chain)} is sound: ${entries} entries, ${checkpoints} checkpoints.`;

const seenSentence = (seenBefore: number | undefined): string =>
  seenBefore === undefined
    ? ''
    : ` A checkpoint from before saw it come to entry ${seenBefore}: what was noted after that backup was made is gone.`;

/** What a restored backup has to do with it, where one was. */
const restoredSentences = ({ chain, restorations, seenBefore }: ChainVerdict): readonly string[] => {
  const last = restorations?.at(-1);
  if (!last) return [];
  return [`${nameOf(chain)}: a backup was restored at ${last.at.toISOString()}.${seenSentence(seenBefore)}`];
};

const lineSentence = (line: number): string =>
  `Line ${line} of the file with the checkpoints was not written by Hearth, or was damaged: it is left aside.`;

const isSound = ({ chains, strangeLines }: AuditVerdict): boolean =>
  strangeLines.length === 0 && chains.every(({ bad }) => bad === undefined);

const tellVerdict = (verdict: AuditVerdict): boolean => {
  const { chains, strangeLines } = verdict;
  if (chains.length === 0) say('There are no entries, and no checkpoint that saw any.');
  say(...chains.map(chainSentence), ...chains.flatMap(restoredSentences), ...strangeLines.map(lineSentence));
  if (chains.some(({ bad, checkpoints }) => !bad && checkpoints === 0)) {
    say('Where there is no checkpoint, nobody can tell whether the end of a chain was cut off.');
  }
  return isSound(verdict);
};

const verify = async (trail: OpenTrail, config: StoreConfig): Promise<boolean> =>
  tellVerdict(await verifyAudit(trail, checkpointsIn(config.auditCheckpoints)));

const checkpoint = async (trail: OpenTrail, config: StoreConfig): Promise<boolean> => {
  const kept = checkpointsIn(config.auditCheckpoints);
  const make = await checkpointing({ trail, kept, log: openLog(config.logLevel) });
  const made = await make(new Date(), whenGrown);
  say(...made.map(({ chain, number }) => `${nameOf(chain)} has a checkpoint at entry ${number}.`));
  say(`Checkpoints are kept in ${config.auditCheckpoints}: copy it to wherever the database is not.`);
  return true;
};

const COMMANDS: Readonly<Record<string, typeof verify>> = { verify, checkpoint };

/** A database that runs already goes on when this has ended. */
const withTrail = async (config: StoreConfig, work: typeof verify): Promise<boolean> => {
  const database = await openDatabase(config);
  try {
    const trail = await openTrail(database.url, openKeys(config).ring);
    try {
      return await work(trail, config);
    } finally {
      await trail.close();
    }
  } finally {
    if (!database.adopted) await database.stop();
  }
};

const run = async (): Promise<boolean> => {
  const work = COMMANDS[process.argv[2] ?? ''];
  if (!work) {
    say('Say what is to be done: npm run audit -- verify, or npm run audit -- checkpoint.');
    return false;
  }
  const read = storeConfigOfProcess();
  if (read.ok) return withTrail(read.config, work);
  say(...read.sentences);
  return false;
};

/** What nobody foresaw may hold what somebody wrote: only its kind is told. */
const fail = (cause: unknown): never => {
  const code: unknown = Reflect.get(Object(cause), 'code');
  say(`The audit could not be read (${String(code ?? 'no code')}): check DATABASE_URL and the keys.`);
  process.exit(1);
};

process.exit((await run().catch(fail)) ? 0 : 1);
