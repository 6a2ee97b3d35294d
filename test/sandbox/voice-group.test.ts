/** The encrypted group of a call, between people of the sandbox alone: who is proposed, and what is taken back. */
import { DAVESession } from '@snazzah/davey';
import { expect, it } from 'vitest';
import { type Call, startCall } from '../../sandbox/voice/call.ts';
import { OP, type Participant } from '../../sandbox/voice/participant.ts';
import { type PersonInCall, personInCall } from '../../sandbox/voice/person-in-call.ts';
import { DROPS, startTally } from '../../sandbox/voice/tally.ts';
import { eventually, sameCode } from './calls.ts';

const CHANNEL = '900000000000000001';
const idOf = (number: number): string => `10000000000000000${number}`;

const aCall = (may: { speak?: boolean; hear?: boolean } = {}) => {
  const tally = startTally();
  const ways = { most: () => 1, maySpeak: () => may.speak ?? true, mayHear: () => may.hear ?? true };
  return { tally, call: startCall({ channelId: CHANNEL, tally, ...ways }) };
};
const comesIn = (call: Call, number: number): PersonInCall => {
  const who = { userId: idOf(number), channelId: CHANNEL, ssrc: number, version: 1 };
  const person = personInCall({ ...who, delivery: call.delivery, hear: () => undefined, now: () => 0 });
  call.enter(person);
  person.enterGroup();
  call.delivery.settle();
  return person;
};
const agree = (...people: readonly { privacyCode(): string | undefined }[]) =>
  eventually('all show one code', () =>
    /^\d{30}$/.test(sameCode(people.map((person) => person.privacyCode()))),
  );

it('whoever leaves before there is a group is no part of it, and nobody is told of them again', async () => {
  const { call } = aCall();
  const [ana, ben] = [comesIn(call, 1), comesIn(call, 2)];
  const leaving = comesIn(call, 3);
  call.leave(leaving.userId);
  // Whoever comes now has never heard of her, and could not follow a proposal to let her in.
  const cleo = comesIn(call, 4);
  await agree(ana, ben, cleo);
  await expect(ana.verificationCode(leaving.userId)).rejects.toThrow();
});

it('whoever leaves while they are let in is put out, and comes in again', async () => {
  const { call } = aCall();
  const [ana, ben] = [comesIn(call, 1), comesIn(call, 2)];
  await agree(ana, ben);
  comesIn(call, 3);
  call.leave(idOf(3));
  await agree(ana, ben);
  const again = comesIn(call, 3);
  await agree(ana, ben, again);
});

/** A client of which the packages are sent by hand. */
const byHand = (call: Call, number: number) => {
  const session = new DAVESession(1, idOf(number), CHANNEL);
  const introduced = Promise.withResolvers<void>();
  const client: Participant = {
    ...{ userId: idOf(number), ssrc: number, version: 1, isReady: () => true },
    json: () => undefined,
    media: () => undefined,
    binary: (op, payload) => {
      if (op === OP.externalSender) {
        session.setExternalSender(payload);
        introduced.resolve();
      } else if (op === OP.welcome) session.processWelcome(payload.subarray(2));
    },
  };
  call.enter(client);
  call.delivery.settle();
  return {
    client,
    introduced: introduced.promise,
    sendsPackage: () => call.delivery.keyPackage(client, session.getSerializedKeyPackage()),
    privacyCode: () => (session.ready ? (session.voicePrivacyCode ?? undefined) : undefined),
  };
};

it('of two packages of one person before there is a group, the later one lets them in', async () => {
  const { call } = aCall();
  const other = byHand(call, 2);
  await other.introduced;
  other.sendsPackage();
  other.sendsPackage();
  const ana = comesIn(call, 1);
  await agree(ana, other);
});

it('a package that is sent anew takes the place of the one that others were told of', async () => {
  const { call } = aCall();
  const [ana, other] = [comesIn(call, 1), byHand(call, 2)];
  await other.introduced;
  other.sendsPackage();
  other.sendsPackage();
  await agree(ana, other);
});

it('a package that nobody has signed is not taken', async () => {
  const { call } = aCall();
  const other = byHand(call, 2);
  await other.introduced;
  const spoilt = new DAVESession(1, idOf(2), CHANNEL).getSerializedKeyPackage();
  spoilt.writeUInt8(spoilt.readUInt8(spoilt.length - 3) ^ 1, spoilt.length - 3);
  expect(() => call.delivery.keyPackage(other.client, spoilt)).toThrow(RangeError);
  expect(() => call.delivery.keyPackage(other.client, Buffer.from('nonsense'))).toThrow(RangeError);
  const ana = comesIn(call, 1);
  other.sendsPackage();
  await agree(ana, other);
});

it('what is not carried is counted with why', () => {
  for (const [may, why, whose] of [
    [{ speak: false }, 'may-not-speak', 1],
    [{ hear: false }, 'may-not-hear', 2],
  ] as const) {
    const { call, tally } = aCall(may);
    const [ana] = [comesIn(call, 1), comesIn(call, 2)];
    call.forward(ana, { sequence: 1, timestamp: 1, ssrc: 1, payload: Buffer.from([1]) });
    const { dropped } = tally.all()[idOf(whose)] ?? expect.fail('nothing was counted');
    for (const each of DROPS) expect(dropped[each]).toBe(each === why ? 1 : 0);
  }
});
