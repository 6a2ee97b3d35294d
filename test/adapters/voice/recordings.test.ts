/** Sound files as staff may send them: whole, of another kind, cut, changed, and made to do harm. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRecording, recordings } from '../../../src/adapters/voice/recording/recordings.ts';
import { openCodec } from '../../../src/adapters/voice/sound/codec.ts';
import { sourceOfRecording } from '../../../src/adapters/voice/sound/source.ts';
import { oggOf, oggPage, opusHead, tonePackets, webmOf } from './files.ts';

const packets = tonePackets(50);
const { inspect } = recordings;

/** As 60 ms in one packet, like some browsers: three frames of the same size class, told one by one. */
const threeInOne = ([one, two, three]: readonly Uint8Array[]): Uint8Array => {
  const frames = [one, two, three].map((packet) => (packet ?? expect.fail('no packet')).subarray(1));
  const toc = ((one?.[0] ?? 0) & 0xfc) | 3;
  const sizes = frames
    .slice(0, 2)
    .flatMap(({ length }) =>
      length < 252 ? [length] : [252 + (length % 4), (length - 252 - (length % 4)) / 4],
    );
  return Buffer.concat([Buffer.of(toc, 0x83, ...sizes), ...frames]);
};

describe('what is Opus', () => {
  it('is known in Ogg, with packets that run on from page to page', () => {
    for (const segments of [1, 3, 20, 255]) {
      const file = oggOf(packets, segments);
      expect(inspect(file)).toEqual({ ok: true, container: 'ogg', durationMs: 1_000 });
      const read = readRecording(file);
      expect(read.ok && read.packets.map((each) => Buffer.from(each))).toEqual(
        packets.map((each) => Buffer.from(each)),
      );
    }
  });

  it('is known in WebM, also in what never said how long it is', () => {
    const file = webmOf(packets);
    expect(inspect(file)).toEqual({ ok: true, container: 'webm', durationMs: 1_000 });
    const read = readRecording(file);
    expect(read.ok && read.packets.map((each) => Buffer.from(each))).toEqual(
      packets.map((each) => Buffer.from(each)),
    );
  });

  it('does not count what stands before the sound', () => {
    expect(inspect(oggOf(packets, 20, opusHead(2, 4_800)))).toMatchObject({ durationMs: 900 });
  });

  it('is played in packets of 20 ms, from any moment on, also when it was recorded in longer ones', () => {
    const long = Array.from({ length: 16 }, (_, index) => threeInOne(packets.slice(index * 3)));
    const source = sourceOfRecording(webmOf(long)) ?? expect.fail('it cannot be played');
    expect(source.lengthMs).toBe(960);
    const played = [...source.packets(0)];
    expect(played).toHaveLength(48);
    const codec = openCodec(1);
    const samples = played.slice(10, 40).flatMap((packet) => [...(codec.decode(packet) ?? [])]);
    const rms = Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
    expect(20 * Math.log10(rms / 32_768)).toBeCloseTo(-20, 0);
    expect([...source.packets(480)]).toHaveLength(24);
  });
});

describe('what is not taken', () => {
  const whole = oggOf(packets);

  it('is no sound at all', () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('ID3 an mp3'),
      Buffer.from('RIFFxxxxWAVEfmt '),
      Buffer.alloc(1_000),
    ]) {
      expect(inspect(bytes)).toEqual({ ok: false, why: 'not-audio' });
    }
  });

  it('is a sound of another kind in the same container', () => {
    const vorbis = Buffer.concat([Buffer.of(1), Buffer.from('vorbis'), Buffer.alloc(22)]);
    expect(inspect(oggPage([29], vorbis, { sequence: 0, flags: 2 }))).toEqual({ ok: false, why: 'not-opus' });
    expect(inspect(webmOf(packets, 'V_VP9'))).toEqual({ ok: false, why: 'not-opus' });
    expect(inspect(oggOf(packets, 20, opusHead(6)))).toEqual({ ok: false, why: 'not-opus' });
    expect(inspect(oggOf([]))).toEqual({ ok: false, why: 'not-opus' });
  });

  it('ends too soon, or is not as it was written', () => {
    expect(inspect(whole.subarray(0, -3))).toEqual({ ok: false, why: 'damaged' });
    expect(inspect(webmOf(packets).subarray(0, -3))).toEqual({ ok: false, why: 'damaged' });
    const changed = Buffer.from(whole);
    changed[whole.length - 40] = (changed[whole.length - 40] ?? 0) ^ 1;
    expect(inspect(changed)).toEqual({ ok: false, why: 'damaged' });
  });

  it('lasts longer than an hour', () => {
    const [one = new Uint8Array()] = tonePackets(1);
    const hour = Array<Uint8Array>(3_600 * 50 + 1).fill(one);
    expect(inspect(oggOf(hour, 255))).toEqual({ ok: false, why: 'too-long' });
    expect(inspect(oggOf(hour.slice(1), 255))).toMatchObject({ ok: true, durationMs: 3_600_000 });
  });
});

describe('whatever is sent', () => {
  const damaged = (file: Buffer) =>
    fc
      .tuple(fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 8 }), fc.nat(file.length))
      .map(([changes, length]) => {
        const copy = Buffer.from(file);
        for (const [at, byte] of changes) copy[at] = byte;
        return copy.subarray(0, length);
      });
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 400 }).map((rest) => Buffer.concat([Buffer.from('OggS\0\x02'), rest])),
    fc.uint8Array({ maxLength: 400 }).map((rest) => Buffer.concat([Buffer.from('1a45dfa3', 'hex'), rest])),
    damaged(oggOf(packets.slice(0, 5), 3)),
    damaged(webmOf(packets.slice(0, 5))),
  );

  it('is judged, never thrown at', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        const judged = inspect(bytes);
        if (!judged.ok) return ['not-audio', 'not-opus', 'damaged', 'too-long'].includes(judged.why);
        return judged.durationMs > 0 && judged.durationMs <= 3_600_000;
      }),
      { numRuns: 3_000 },
    );
  });

  it('is judged in a moment, however much it claims to be', () => {
    const claims = Buffer.concat([Buffer.from('1a45dfa301ffffffffffff00', 'hex'), Buffer.alloc(100)]);
    const nested = Buffer.concat([
      Buffer.from('1a45dfa380', 'hex'),
      ...Array<Buffer>(400_000).fill(Buffer.from('1f43b675ff', 'hex')),
    ]);
    // Tracks of which each could be the one that is looked for, by each of as many blocks.
    const tracks = Buffer.concat([
      Buffer.from('1a45dfa380', 'hex'),
      ...Array<Buffer>(200_000).fill(Buffer.from('ae80', 'hex')),
      ...Array<Buffer>(200_000).fill(Buffer.from('a38581000080fc', 'hex')),
    ]);
    const begun = performance.now();
    expect(inspect(tracks)).toEqual({ ok: false, why: 'not-opus' });
    expect(inspect(claims)).toEqual({ ok: false, why: 'damaged' });
    expect(inspect(nested)).toEqual({ ok: false, why: 'not-opus' });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
