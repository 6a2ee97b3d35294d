/** What the environment says is read whole, or refused in one kind sentence. */
import { describe, expect, it } from 'vitest';
import { type Config, readConfig, readStoreConfig } from '../src/config.ts';
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

describe('the programs beside Hearth', () => {
  it('need no token, and nothing of Discord or the web stands in their way', () => {
    const answer = readStoreConfig({ HEARTH_DATA: 'kept', HEARTH_WEB_PORT: 'none', HEARTH_ROLES: 'captain' });
    expect(answer).toMatchObject({
      ok: true,
      config: { dataFolder: 'kept', erasures: 'kept/erasures.jsonl' },
    });
    expect(readConfig({ HEARTH_DATA: 'kept' }).ok).toBe(false);
  });

  it('are told in a sentence what is wrong with what they need', () => {
    const answer = readStoreConfig({ DATABASE_URL: 'mysql://nobody' });
    expect(answer).toEqual({ ok: false, sentences: [expect.stringContaining('DATABASE_URL must be')] });
  });
});

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
