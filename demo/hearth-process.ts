/** Hearth as one of several processes of a programme that is played: the same as in real use, but for its clock. */
import { configOfProcess } from '../src/config.ts';
import { startHearth } from '../src/hearth.ts';
import { FollowingClock, type Turn } from './following-clock.ts';

const tell = (message: object): void => void process.send?.(message);

const begin = async (time: FollowingClock): Promise<void> => {
  const read = configOfProcess();
  if (!read.ok) throw new Error(read.sentences.join(' '));
  const start = await startHearth(read.config, { time });
  if (!start.ok) throw new Error(start.sentence);
  process.once('SIGTERM', () => {
    start.hearth.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
  tell({ is: 'up' });
};

const fail = (cause: unknown): void => {
  process.stderr.write(`${cause instanceof Error ? cause.stack : cause}\n`);
  process.exit(1);
};

let time: FollowingClock | undefined;
process.on('message', (turn: Turn) => {
  if (time) {
    time.follow(turn).then(() => tell({ is: 'there', now: turn.now }), fail);
    return;
  }
  // The first turn says what time it is.
  time = new FollowingClock(turn.now);
  begin(time).catch(fail);
});
// Whoever played the programme is gone.
process.once('disconnect', () => process.exit(1));
