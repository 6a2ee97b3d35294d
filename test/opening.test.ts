/** What every program of Hearth needs first: refused in one sentence where what people write would not be safe. */
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { startHearth } from '../src/hearth.ts';

const started = async (databaseUrl: string): Promise<string> => {
  const read = readConfig({ DISCORD_TOKEN: 'token', DATABASE_URL: databaseUrl, HEARTH_LOG: 'silent' });
  if (!read.ok) throw new Error(read.sentences.join());
  const start = await startHearth(read.config);
  return start.ok ? 'started' : start.sentence;
};

describe('Hearth', () => {
  it('does not start on a database of another machine that it would speak to in the clear', async () => {
    const sentence = await started('postgresql://u:secret@db.example.org/hearth');
    expect(sentence).toMatch(/sslmode=verify-full/);
    expect(sentence).not.toContain('secret');
  });

  it('does not start without the certificate that its database is to be known by', async () => {
    const address =
      'postgresql://u:secret@db.example.org/hearth?sslmode=verify-full&sslrootcert=/no/such.pem';
    const sentence = await started(address);
    expect(sentence).toMatch(/could not be opened.*ENOENT/);
    expect(sentence).not.toContain('secret');
  });
});
