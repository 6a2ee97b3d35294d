/** The clock of the sandbox, which can be turned ahead. */
import { useEffect, useReducer } from 'preact/hooks';
import type { PageState } from '../../story.ts';
import { momentIn, now } from '../clock.ts';
import { Act } from './act.tsx';

const MINUTE = 60_000;
const STEPS = [
  ['5 minutes', 5 * MINUTE],
  ['an hour', 60 * MINUTE],
  ['a day', 24 * 60 * MINUTE],
] as const;

const Now = () => {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const timer = setInterval(() => again(undefined), 1000);
    return () => clearInterval(timer);
  }, []);
  return <time dateTime={new Date(now()).toISOString()}>{momentIn('F', now())}</time>;
};

/** What time it is here, and the ways ahead. */
export const Clock = ({ state: { next, now: told } }: { readonly state: PageState }) => {
  const before = next && next.at - 5 * MINUTE - told;
  return (
    <section class="panel">
      <h2>Clock</h2>
      <p>
        It is <Now />.
      </p>
      <div class="row">
        {STEPS.map(([words, ms]) => (
          <Act key={words} act="turn" told={{ ms }}>
            {words} on
          </Act>
        ))}
        {next && before !== null && before > 0 && (
          <Act act="turn" told={{ ms: before }} style="primary">
            To five minutes before “{next.name}” ({momentIn('f', next.at)})
          </Act>
        )}
      </div>
    </section>
  );
};
