/** A line in a real call, looked at from within: what is read of people's sound, and when. */
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { groupOf, readingsOf } from '../../../src/adapters/voice/child/group.ts';
import { type Line, openLine } from '../../../src/adapters/voice/child/line.ts';
import { type Company, company } from './company.ts';

let group: Company;
let line: Line;
afterEach(async () => {
  line.close();
  await group.stop();
});

it('who speaks is noted without a single packet being read, and only a check reads those of one person', async () => {
  group = await company(2);
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), group.sandbox.voice.certificate]);
  const [ana, ben] = [
    group.people[0] ?? expect.fail('nobody'),
    group.people[1] ?? expect.fail('nobody else'),
  ];
  for (const each of [ana, ben]) await each.join(group.rooms[0]);
  const spoken: string[] = [];
  line = openLine(group.guildId, group.rooms[0], {
    stands: () => undefined,
    lost: () => undefined,
    failed: () => undefined,
    stirred: () => undefined,
    spoke: (account) => void spoken.push(account),
  });
  group.calls.listen({ changed: () => undefined, packet: (_guild, what, packet) => line.hear(what, packet) });
  group.calls.ask(group.guildId, { channelId: group.rooms[0], deaf: false });
  const members = () => groupOf(line.voice)?.members.length;
  await expect.poll(members, { timeout: 20_000 }).toBe(3);

  line.note(true);
  const speaks = ({ id }: typeof ana, ms: number) =>
    group.sandbox.voice.of(id).speak({ tone: { hertz: 300, dBFS: -20 }, ms });
  await Promise.all([speaks(ana, 600), speaks(ben, 600)]);
  await expect.poll(() => spoken.toSorted(), { timeout: 5_000 }).toEqual([ana.id, ben.id].toSorted());
  expect([readingsOf(line.voice, ana.id), readingsOf(line.voice, ben.id)]).toEqual([0, 0]);

  const listened = line.ask({ about: 'listen', account: ana.id, forMs: 500 });
  await Promise.all([speaks(ana, 1_000), speaks(ben, 1_000)]);
  expect(await listened).toMatchObject({ clipped: 0 });
  expect(readingsOf(line.voice, ana.id)).toBeGreaterThan(20);
  expect(readingsOf(line.voice, ben.id)).toBe(0);
  const read = readingsOf(line.voice, ana.id);
  await sleep(100);
  await speaks(ana, 300);
  expect(readingsOf(line.voice, ana.id)).toBe(read);
});
