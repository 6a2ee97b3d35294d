/** A moment in the reader's own zone, which is told anew as time goes on. */
import { useEffect, useReducer } from 'preact/hooks';
import { momentIn, STATE } from './clock.ts';

const AGAIN_EVERY = 15_000;

/** A moment (ms) in one of the styles of Discord's timestamps; the whole of it stands in its title. */
export const Moment = ({ moment, style }: { readonly moment: number; readonly style: string }) => {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (style !== 'R') return;
    const timer = setInterval(() => again(undefined), AGAIN_EVERY);
    const turned = new BroadcastChannel(STATE);
    turned.onmessage = () => again(undefined);
    return () => {
      clearInterval(timer);
      turned.close();
    };
  }, [style]);
  if (!Number.isFinite(moment) || Math.abs(moment) > 8.64e15) return <>an unknown time</>;
  return (
    <time dateTime={new Date(moment).toISOString()} title={momentIn('F', moment)}>
      {momentIn(style, moment)}
    </time>
  );
};
