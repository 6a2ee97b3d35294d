/** The heartbeat beats on, also after a beat that failed, and stops when it is told to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { TestClock } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { startHeartbeat } from '../../../src/adapters/jobs/heartbeat.ts';
import type { Log } from '../../../src/ports/log.ts';
import { until } from './until.ts';

const aLog = (faults: string[]): Log => ({
  info: () => {},
  warn: () => {},
  fault: (event) => {
    faults.push(event);
    return 'reference';
  },
});

describe('a heartbeat', () => {
  it('beats every second of the machine’s clock, tells of a beat that fails, and goes on', async () => {
    const faults: string[] = [];
    let beats = 0;
    const heartbeat = startHeartbeat({ seconds: 1, log: aLog(faults) }, async () => {
      if (++beats === 1) throw new Error('the database was away');
    });
    await until('it has beaten twice', () => beats >= 2);
    expect(faults).toEqual(['heartbeat']);
    await heartbeat.stop();
    const stopped = beats;
    await sleep(1_500);
    expect(beats).toBe(stopped);
  });

  it('follows a clock that is turned', async () => {
    const time = new TestClock(0);
    let beats = 0;
    const heartbeat = startHeartbeat({ seconds: 15, log: aLog([]), time }, async () => {
      beats += 1;
    });
    await time.tick(60_000);
    expect(beats).toBe(4);
    await heartbeat.stop();
    await time.tick(60_000);
    expect(beats).toBe(4);
  });
});
