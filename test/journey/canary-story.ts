/**
 * The demo, played by a group that answers on pages, as a program of its own: it tells when it has come to its end, and what
 * crossed the wire. What it reads then is a request to let something out on purpose.
 */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressIn } from '../../demo/manner.ts';
import { play } from '../../demo/play.ts';
import { type OwnStage, type Stage, setStage } from '../../demo/stage.ts';
import { tellerTo } from '../../demo/tell.ts';
import { codeOf } from '../../src/core/alert.ts';
import { LEAK, TYPED, WRITTEN } from './canary-marks.ts';

const HERE = { in: 'group-room' };
const STAFF = { in: 'staff-room' };

/** What the demo itself leaves out: every other field in which somebody writes. */
const writeTheRest = async ({ answers, who, records, sandbox }: Stage): Promise<void> => {
  const [cohort] = await records.cohorts.ofGuild(sandbox.guild.id);
  if (!cohort) throw new Error('there is no group');
  await answers.run('Ana', '/goal update', { goal: '1' }, { level: 0, note: WRITTEN.note }, HERE);
  await answers.run('Ana', '/report', { person: who('Ben').id }, { words: WRITTEN.report }, HERE);
  const [alert] = await records.alerts.ofCohort(cohort.id, 1);
  const close = { alert: alert ? codeOf(alert) : '', outcome: 'spoken-with', note: WRITTEN.end };
  await answers.run('Lena', '/alert close', {}, close, STAFF);
  const group = { cohort: cohort.name };
  await answers.run('Mara', '/break-glass begin', group, { reason: WRITTEN.emergency }, { in: 'general' });
  await answers.run('Lena', '/goal list', { person: who('Ana').id }, {}, STAFF);
  await answers.run('Lena', '/session answers', {}, {}, HERE);
  // Somebody types it into Discord all the same.
  await who('Ben').run('/goal set', { goal: TYPED, 'review-on': '2030-01-15', readers: 'staff' }, HERE);
};

/** What anybody can ask the web server. */
const asked = async ({ who }: Stage): Promise<string> => {
  const { origin } = new URL(addressIn(await who('Ana').run('/goal list', {}, HERE)));
  const answers = await Promise.all(
    ['/health', '/metrics', '/'].map(async (path) => (await fetch(`${origin}${path}`)).text()),
  );
  return answers.join('\n');
};

const tell = async (stage: OwnStage, told: object = {}): Promise<void> => {
  const { transcript } = stage.sandbox;
  const wire = { calls: transcript.calls(), events: transcript.events(), web: await asked(stage) };
  process.send?.({ ...told, ...wire, databaseUrl: stage.databaseUrl });
};

/** On purpose: into the log, onto the disk, and to Discord. */
const leak = async ({ who }: Stage): Promise<void> => {
  process.stderr.write(`${LEAK}\n`);
  writeFileSync(join(tmpdir(), 'leaked'), LEAK);
  await who('Ana').say('group-room', LEAK);
};

const stage = await setStage({ onPages: true, log: 'debug' });
try {
  await play(stage, tellerTo(process.stdout));
  await writeTheRest(stage);
  await tell(stage);
  await once(process, 'message');
  await leak(stage);
  await tell(stage);
  await once(process, 'message');
} finally {
  await stage.strike();
}
process.exit(0);
