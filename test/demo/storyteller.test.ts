/** The story before the page, whatever those who look on do to it: it never ends because of them. */
import { expect, it } from 'vitest';
import { makeLive } from '../../demo/live/storyteller.ts';
import { until } from '../../demo/watch.ts';
import type { Person } from '../../sandbox/people.ts';

// The storyteller knows people by their ids alone.
const LENA = { id: '1' } as Person;

const machinery = () => {
  let isUp = true;
  return {
    turn: async () => undefined,
    kill: async () => {
      isUp = false;
    },
    start: async () => {
      isUp = true;
    },
    isUp: () => isUp,
  };
};

const begin = (play: (live: ReturnType<typeof makeLive>) => Promise<void>) => {
  const live = makeLive(() => 'Lena');
  live.ready(machinery(), () => play(live));
  live.storyteller.acts['play']?.({});
  return live;
};

const phase = (live: ReturnType<typeof makeLive>) => () => live.storyteller.state().is;
const lines = (live: ReturnType<typeof makeLive>) => live.storyteller.state().lines.map(({ text }) => text);

it('goes on without what sounded in a call when the bot was killed', async () => {
  const live = begin(async ({ aside, tell }) => {
    await aside(() => until('something sounds', () => false));
    tell.line('The next chapter.');
  });
  await live.storyteller.acts['kill-bot']?.({});
  await live.storyteller.acts['start-bot']?.({});
  await expect.poll(phase(live)).toBe('over');
  expect(lines(live)).toEqual([
    'That came to nothing: Hearth was killed in the middle of it. The story goes on without it.',
    'The next chapter.',
  ]);
});

it('does by itself what somebody was asked for and leaves to it', async () => {
  let who = '';
  const live = begin(async ({ playing }) => {
    who = await playing.next(LENA, 'presses “Next”', 'staff-room');
    await until('it is done or left to the story', () => playing.over(LENA) !== undefined);
    expect(playing.over(LENA)).toBe('released');
    playing.did();
  });
  live.storyteller.acts['by-hand']?.({ who: LENA.id, mine: true });
  await expect.poll(phase(live)).toBe('waiting');
  expect(who).toBe('by-hand');
  const { asks } = live.storyteller.state();
  expect(asks).toEqual({ who: LENA.id, what: 'presses “Next”', where: 'staff-room' });
  live.storyteller.acts['do-it']?.({});
  await expect.poll(phase(live)).toBe('over');
});

it('is left at once, whatever it waits for', async () => {
  const live = begin(({ aside }) => aside(() => until('never', () => false)).then());
  live.storyteller.acts['leave']?.({});
  await expect.poll(phase(live)).toBe('stopped');
});
