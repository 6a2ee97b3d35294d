/** Sound on the page in a real browser: what is played in a call is heard in a window, and a microphone in the call. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AudioPlayer,
  createAudioPlayer,
  createAudioResource,
  StreamType,
  type VoiceConnection,
} from '@discordjs/voice';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../sandbox/people.ts';
import { measure, packetsOf, SILENCE_FRAME } from '../../sandbox/voice/sound.ts';
import { aRoom, type Room } from '../sandbox/calls.ts';
import { startChromium } from './chromium.ts';
import { makePictures } from './pictures.ts';
import { enterRoom, everShown, frameOf, openWindows, PATIENCE, windowOf } from './windows.ts';
import { wrongIn } from './wrong-in.ts';

/** A microphone that beeps twice a second, at 400 Hz or thereabouts. */
const MICROPHONE = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
const TONE = { hertz: 660, dBFS: -20 };
const PHONE = { width: 360, height: 640 };
const SAMPLES = 8_192;

/** The pitch that stands out of what is played, and how loud all of it is. */
const PLAYED = `(() => {
  if (!globalThis.along) return { hertz: 0, dBFS: -120 };
  const bins = new Float32Array(along.frequencyBinCount);
  along.getFloatFrequencyData(bins);
  const samples = new Float32Array(along.fftSize);
  along.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, it) => sum + it * it, 0) / samples.length;
  const hertz = bins.indexOf(Math.max(...bins)) * along.context.sampleRate / along.fftSize;
  return { hertz, dBFS: Math.max(-120, 10 * Math.log10(power)) };
})()`;

/** Lays an analyser beside whatever a document plays, and keeps what was played and whose mark was shown. */
const LISTEN_ALONG = `
  const connect = AudioNode.prototype.connect;
  AudioNode.prototype.connect = function (to, ...more) {
    if (to instanceof AudioDestinationNode) {
      const { context } = to;
      context.along ??= new AnalyserNode(context, { fftSize: ${SAMPLES}, smoothingTimeConstant: 0 });
      globalThis.along = context.along;
      connect.call(this, context.along);
    }
    return connect.call(this, to, ...more);
  };
  globalThis.kept = { marks: {}, played: [] };
  let last = performance.now();
  setInterval(() => {
    const since = performance.now() - last;
    last += since;
    // A look that comes late says little of what stood before it.
    const seen = Math.min(since, 400);
    for (const { textContent } of document.querySelectorAll('.stage .in-call .speaks'))
      kept.marks[textContent] = (kept.marks[textContent] ?? 0) + seen;
    kept.played.push(${PLAYED});
  }, 200);
`;

type Played = { readonly hertz: number; readonly dBFS: number };

const pictures = makePictures();
let room: Room;
let browser: Browser;
let ben: Person;
let bot: VoiceConnection;
let opened: Page[] = [];
let player: AudioPlayer | undefined;

beforeAll(async () => {
  room = await aRoom({ page: {}, botName: 'Hearth' });
  for (const name of ['Ana', 'Oskar']) room.sandbox.addPerson(name);
  ben = await room.comesIn('Ben');
  bot = await room.joins();
  browser = await startChromium(MICROPHONE);
});
afterEach(async () => {
  player?.stop();
  for (const page of opened) await page.context().close();
  opened = [];
  await poll(inCall).not.toContain('Ana');
});
afterAll(async () => {
  pictures.finish();
  await browser.close();
  await room.stop();
});

const idOf = (name: string): string => room.sandbox.people.get(name)?.id ?? '';
const inCall = (): readonly string[] =>
  [...room.sandbox.people.values()]
    .filter(({ id }) => room.sandbox.voice.of(id).privacyCode() !== undefined)
    .map(({ name }) => name);

/** What Ben hears of Ana from now on, without frames of silence. */
const heardOfAna = () => {
  const voice = room.sandbox.voice.of(ben.id);
  voice.forget();
  return (): readonly Buffer[] =>
    voice
      .heard()
      .filter(({ from, packet }) => from === idOf('Ana') && !packet.equals(SILENCE_FRAME))
      .map(({ packet }) => packet);
};

/** How many packets came of Ana that nobody was to hear. */
const sentInVain = (): number => room.sandbox.voice.statistics()[idOf('Ana')]?.dropped['may-not-speak'] ?? 0;

/** The page with these windows, with the addresses of the lines that it holds open. */
const openPage = async (names: readonly string[]) => {
  const page = await openWindows(browser, room.sandbox.pageUrl ?? '', names);
  opened.push(page);
  const lines = new Set<string>();
  page.on('websocket', (socket) => {
    const { pathname } = new URL(socket.url());
    if (!pathname.startsWith('/page/')) return;
    lines.add(pathname);
    socket.on('close', () => lines.delete(pathname));
  });
  for (const name of names) await (await frameOf(page, name)).evaluate(LISTEN_ALONG);
  return { page, lines };
};

const button = (window: FrameLocator, name: string) => window.getByRole('button', { name, exact: true });

/** Words that can be seen: those of a call stand at two places, of which the wider windows show one, the narrower the other. */
const words = (window: FrameLocator, text: string) => window.getByText(text).filter({ visible: true });

/** Ana's window, in the call; others may be beside it. */
const inTheCall = async (names: readonly string[] = ['Ana']) => {
  const { page, lines } = await openPage(names);
  const ana = windowOf(page, 'Ana');
  await enterRoom(ana, 'talk');
  await button(ana, 'Join the call').click();
  await button(ana, 'Leave the call').waitFor();
  await poll(inCall).toContain('Ana');
  return { page, lines, ana };
};

const playedIn = async (page: Page, name: string) => (await frameOf(page, name)).evaluate<Played>(PLAYED);

/** Everything that somebody's window has played, and milliseconds for which it has shown a mark of somebody speaking. */
const keptIn = async (page: Page, name: string) => {
  const frame = await frameOf(page, name);
  const { marks, played } = await frame.evaluate<{
    readonly marks: Readonly<Record<string, number>>;
    readonly played: readonly Played[];
  }>('globalThis.kept');
  const markedFor = (whose: string): number =>
    Object.entries(marks).find(([words]) => words.includes(whose))?.[1] ?? 0;
  return { played, markedFor };
};

const endless = function* (packets: readonly Buffer[]): Generator<Buffer> {
  for (;;) yield* packets;
};

/** The bot plays a tone until the test is over. */
const playTone = (): void => {
  player = createAudioPlayer();
  bot.subscribe(player);
  const packets = Readable.from(endless(packetsOf({ tone: TONE, ms: 20_000 })), { objectMode: true });
  player.play(createAudioResource(packets, { inputType: StreamType.Opus }));
};

/** Looks until it is as expected, as patiently as for what appears on a page. */
const poll = <T>(look: () => T) => expect.poll(look, { timeout: PATIENCE });

/** Waits until nothing more comes of what was under way. */
const untilStill = async (count: () => number): Promise<void> => {
  for (let before = -1; before !== count(); await sleep(500)) before = count();
};

const marksOf = (window: FrameLocator, name: string) =>
  window.locator('.stage .in-call li', { hasText: name }).getByText('speaking', { exact: true });

describe('who listens', () => {
  it('hears what the bot plays, reads who it is, and hears nothing before and after', async () => {
    const { page, lines, ana } = await inTheCall(['Ana', 'Oskar']);
    playTone();
    await marksOf(ana, 'Hearth').waitFor();
    expect([...lines]).toEqual([]);
    expect((await playedIn(page, 'Ana')).dBFS).toBe(-120);
    await button(ana, 'Listen').click();
    await words(ana, 'You hear: Hearth plays.').waitFor();
    await poll(async () => Math.abs((await playedIn(page, 'Ana')).hertz - TONE.hertz)).toBeLessThan(12);
    await poll(async () => (await playedIn(page, 'Ana')).dBFS).toBeCloseTo(TONE.dBFS, 0);
    await pictures.take(page, 'listening');
    expect((await playedIn(page, 'Oskar')).dBFS).toBe(-120);
    expect(await button(windowOf(page, 'Oskar'), 'Listen').count()).toBe(0);
    await button(ana, 'Listen').click();
    await words(ana, 'You hear:').waitFor({ state: 'hidden' });
    await poll(() => [...lines]).toEqual([]);
  });

  it('is told when it is quiet, when they are deafened, and when nothing is carried', async () => {
    const { ana } = await inTheCall();
    await button(ana, 'Listen').click();
    await words(ana, 'You listen. Nobody is heard now.').waitFor();
    await button(ana, 'Deafen').click();
    await words(ana, 'You listen, but you are deafened and hear nothing.').waitFor();
    await button(ana, 'Deafen').click();
    await enterRoom(ana, 'elsewhere');
    await button(ana, 'Join the call').click();
    await words(ana, 'Sound is carried while a bot is in the room, and none is here now.').waitFor();
  });

  it('hears nothing more when they leave', async () => {
    const { ana, lines } = await inTheCall();
    await button(ana, 'Listen').click();
    await poll(() => [...lines]).toEqual(['/page/hear']);
    await button(ana, 'Leave the call').click();
    await poll(() => [...lines]).toEqual([]);
    await button(ana, 'Join the call').click();
    await button(ana, 'Leave the call').waitFor();
    expect(await button(ana, 'Listen').getAttribute('aria-pressed')).toBe('false');
    expect(await ana.getByRole('alert').count()).toBe(0);
  });

  it('is told kindly where the browser cannot play', async () => {
    const { page, ana } = await inTheCall();
    await (await frameOf(page, 'Ana')).evaluate('delete globalThis.AudioDecoder');
    await button(ana, 'Listen').click();
    await ana.getByRole('alert').getByText('This browser cannot play a call.').waitFor();
  });
});

describe('who speaks', () => {
  it('with a microphone is heard by the others, and is shown speaking', async () => {
    const { page, ana, lines } = await inTheCall();
    const heard = heardOfAna();
    await button(ana, 'Speak with your microphone').click();
    await words(ana, 'What you say is sent while you speak.').waitFor();
    await poll(() => heard().length).toBeGreaterThan(50);
    expect(measure(heard()).dBFS).toBeGreaterThan(-50);
    await marksOf(ana, 'Ana').waitFor();
    expect(await wrongIn(page)).toEqual([]);
    await pictures.take(page, 'microphone');
    await button(ana, 'Mute').click();
    await words(ana, 'You are muted, so nothing is sent.').waitFor();
    await marksOf(ana, 'Ana').waitFor({ state: 'detached' });
    await untilStill(() => heard().length + sentInVain());
    const [before, sent] = [heard().length, sentInVain()];
    await page.waitForTimeout(1_500);
    expect([heard().length, sentInVain()]).toEqual([before, sent]);
    await button(ana, 'Mute').click();
    await poll(() => heard().length).toBeGreaterThan(before);
    await button(ana, 'Leave the call').click();
    await poll(() => [...lines]).toEqual([]);
  });

  it('with a microphone that is refused, or not to be had, is told so, and that there is a tone', async () => {
    const refuse = (name: string) =>
      `void (navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', '${name}'); })`;
    const broken = `
      AudioWorklet.prototype.addModule = async () => { throw new Error('no such file'); };
      const close = AudioContext.prototype.close;
      AudioContext.prototype.close = function () { globalThis.isLetGo = true; return close.call(this); };`;
    const stumbling = 'void (AudioEncoder.isConfigSupported = async () => { throw new TypeError(); })';
    const told = [
      [broken, 'The microphone could not be opened, so nothing is sent.'],
      [refuse('NotAllowedError'), 'The microphone was not allowed, so nothing is sent.'],
      [refuse('NotFoundError'), 'No microphone was found, so nothing is sent.'],
      [stumbling, 'This browser cannot send a microphone.'],
      ['delete globalThis.AudioEncoder', 'This browser cannot send a microphone.'],
    ] as const;
    const { page, ana, lines } = await inTheCall();
    for (const [script, why] of told) {
      await (await frameOf(page, 'Ana')).evaluate(script);
      await button(ana, 'Speak with your microphone').click();
      await ana.getByRole('alert').getByText(`${why} “Speak for 5 seconds” sends a tone`).waitFor();
      expect(await button(ana, 'Speak with your microphone').getAttribute('aria-pressed')).toBe('false');
      await poll(() => [...lines]).toEqual([]);
    }
    expect(await (await frameOf(page, 'Ana')).evaluate('globalThis.isLetGo')).toBe(true);
  });

  it('for five seconds says a tone, and is shown speaking and heard in another window for as long', async () => {
    const { page, ana } = await inTheCall(['Ana', 'Ben']);
    const other = windowOf(page, 'Ben');
    await enterRoom(other, 'talk');
    await button(other, 'Listen').click();
    await words(other, 'You listen. Nobody is heard now.').waitFor();
    const heard = heardOfAna();
    await button(ana, 'Speak for 5 seconds').click();
    await poll(() => heard().length).toBe(250);
    for (const window of [ana, other]) await marksOf(window, 'Ana').waitFor({ state: 'detached' });
    await words(other, 'You listen. Nobody is heard now.').waitFor();
    // On a busy machine, all of it may be over before a test has looked: so the windows have kept what they showed.
    const [hers, his] = [await keptIn(page, 'Ana'), await keptIn(page, 'Ben')];
    for (const { markedFor } of [hers, his]) expect(markedFor('Ana')).toBeGreaterThan(4_000);
    expect(hers.markedFor('Ben')).toBe(0);
    expect(await everShown(page, 'Ben')).toContain('You hear: Ana speaks.');
    const isTheTone = ({ hertz, dBFS }: Played): boolean => Math.abs(hertz - 220) < 12 && dBFS > -40;
    expect(his.played.some(isTheTone)).toBe(true);
    expect(hers.played.filter(({ dBFS }) => dBFS > -120)).toEqual([]);
    expect(heard().length).toBe(250);
    const { hertz, dBFS } = measure(heard().slice(5));
    expect(Math.abs(hertz - 220)).toBeLessThan(10);
    expect(dBFS).toBeCloseTo(-24, 0);
  });

  it('while muted, or where nothing is carried, is told that nothing is sent', async () => {
    const { ana } = await inTheCall();
    await button(ana, 'Mute').click();
    await button(ana, 'Mute').and(ana.locator('[aria-pressed=true]')).waitFor();
    await button(ana, 'Speak for 5 seconds').click();
    await ana.getByRole('alert').getByText('You are muted, so nothing is sent.').waitFor();
    await button(ana, 'Mute').click();
    await ana.getByRole('alert').waitFor({ state: 'detached' });
    await enterRoom(ana, 'elsewhere');
    await button(ana, 'Join the call').click();
    await button(ana, 'Leave the call').waitFor();
    await button(ana, 'Speak for 5 seconds').click();
    await ana.getByRole('alert').getByText('Sound is carried while a bot is in the room').waitFor();
  });
});

describe('the controls of a call', () => {
  it('are reached on a phone, in light and dark, and are never wider than it', async () => {
    const { page, ana } = await inTheCall();
    await page.setViewportSize(PHONE);
    await button(ana, 'Listen').click();
    await words(ana, 'You listen. Nobody is heard now.').waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect([colorScheme, await wrongIn(page)]).toEqual([colorScheme, []]);
    }
    const frame = await frameOf(page, 'Ana');
    expect(await frame.evaluate('document.documentElement.scrollWidth > window.innerWidth')).toBe(false);
    await ana.locator('.composer').getByRole('textbox').click();
    await pictures.take(page, 'call-on-a-phone');
  });
});
