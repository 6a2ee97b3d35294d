/** What the environment says is read whole, or refused in one kind sentence. */
import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../src/config.ts';
import { startHearth } from '../src/hearth.ts';

/** Nothing is opened before it is known for how long what is kept is kept. */
const NOWHERE = 'postgresql://nobody@127.0.0.1:1/nothing';

const read = (retention: string) =>
  readConfig({
    DISCORD_TOKEN: 'token',
    DATABASE_URL: NOWHERE,
    HEARTH_RETENTION: retention,
    HEARTH_LOG: 'silent',
  });

const configOf = (retention: string): Config => {
  const answer = read(retention);
  if (!answer.ok) throw new Error(answer.sentences.join());
  return answer.config;
};

describe('HEARTH_RETENTION', () => {
  it('names classes with days, with or without blanks between, or nothing at all', () => {
    expect(configOf('check-in:180, reason:14').retention).toEqual(
      new Map([
        ['check-in', 180],
        ['reason', 14],
      ]),
    );
    expect(configOf('').retention).toEqual(new Map());
  });

  it.each([
    'check-in',
    'check-in:',
    'check-in:ten',
    'check-in:-1',
    'check-in:1.5',
    'check-in:12345',
    ',',
    'CHECK:1',
    'check-in:1,',
    'check-in:1;reason:2',
    'check-in:30,reason:2,check-in:31',
  ])('is refused in one sentence when it is written otherwise: %s', (written) => {
    expect(read(written)).toEqual({
      ok: false,
      sentences: [
        expect.stringMatching(/^HEARTH_RETENTION must name classes with days, each class once.*\.$/),
      ],
    });
  });

  it.each(['attendance:30', 'nothing:30', 'check-in:0', 'check-in:3651'])(
    'keeps Hearth from starting, in one sentence that tells what it may be: %s',
    async (written) => {
      expect(await startHearth(configOf(written))).toEqual({
        ok: false,
        sentence: expect.stringMatching(
          /^HEARTH_RETENTION may name check-in, .* each with 1 to 3650 days\.$/,
        ),
      });
    },
  );
});
