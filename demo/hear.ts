/** What people of the story hear and say: somebody tests a microphone, and the group breathes together. */
import { measure } from '../sandbox/voice/sound.ts';
import { expectTold, told } from './answers.ts';
import { CAST } from './cast.ts';
import type { StoryDocument } from './document.ts';
import type { Stage } from './stage.ts';
import type { Teller } from './tell.ts';
import { sees, until } from './watch.ts';

type Sound = StoryDocument['sounds'][number];
type Check = StoryDocument['microphoneChecks'][number];

/** Bytes from which on a packet is more than silence. */
const SOUNDS = 4;
/** Packets of 20 ms: half a second is enough to know what it is. */
const ENOUGH = 25;
/** Somebody who speaks at the level of a calm voice. */
const SPEECH = { tone: { hertz: 220, dBFS: -24 }, ms: 500 };

const heardBy = ({ sandbox, who }: Stage, name: string) =>
  sandbox.voice
    .of(who(name).id)
    .heard()
    .filter(({ from, packet }) => from === sandbox.bot.id && packet.length >= SOUNDS);

/** What somebody hears of Hearth after so many packets. */
const hears = async (stage: Stage, name: string, what: Sound['what'], after = 0): Promise<Sound> => {
  const heard = () => heardBy(stage, name).slice(after, after + ENOUGH);
  await until(`${name} hears it`, () => heard().length === ENOUGH);
  return {
    person: name,
    what,
    encrypted: heard().every(({ encrypted }) => encrypted),
    dBFS: Math.round(measure(heard().map(({ packet }) => packet)).dBFS),
  };
};

/** Speaks until Hearth has heard them, and tells how loud it found them. */
const speaksUntilHeard = async ({ sandbox, records, who }: Stage, name: string): Promise<Check> => {
  const unheard = () => new Error(`${name} was not heard`);
  const asItStands = async () => {
    const open = await records.microphoneChecks.openOfServer(sandbox.guild.id);
    return open.find(({ person }) => person.account === who(name).id);
  };
  await until(`${name} is heard`, async () => {
    const { state = 'unheard' } = (await asItStands()) ?? {};
    if (state === 'unheard') throw unheard();
    if (state !== 'heard') await sandbox.voice.of(who(name).id).speak(SPEECH);
    return state === 'heard';
  });
  const check = await asItStands();
  if (check?.state !== 'heard') throw unheard();
  return { person: name, level: check.level };
};

/** The lead tests a microphone, in a room of her own. */
export const testMicrophone = async (
  stage: Stage,
  tell: Teller,
): Promise<{ readonly check: Check; readonly sound: Sound }> => {
  const { who } = stage;
  const lead = who(CAST.lead);
  tell.chapter('Somebody tests a microphone');
  expectTold(await lead.run('/voice-check', {}, { in: 'staff-room' }), 'five seconds');
  told(await lead.press('Start the check'));
  const own = () => lead.rooms().find(({ name }) => name.startsWith('microphone'))?.name;
  await until('a room of her own opens', () => own() !== undefined);
  const room = own() ?? '';
  await lead.join(room);
  const sound = await hears(stage, CAST.lead, 'microphone-check');
  const check = await speaksUntilHeard(stage, CAST.lead);
  await sees(lead, room, 'What was heard is forgotten already');
  told(await lead.press('Done', { in: room }));
  await lead.leave();
  tell.line(
    `${CAST.lead} heard a soft tone at ${sound.dBFS} dBFS, spoke for some seconds, and heard them again. The card said: ${check.level}.`,
  );
  return { check, sound };
};

/** The group breathes for a moment, and Ana hears it. */
export const breathe = async (stage: Stage, tell: Teller): Promise<Sound> => {
  const lead = stage.who(CAST.lead);
  const before = heardBy(stage, 'Ana').length;
  expectTold(await lead.run('/breathe start', { minutes: 1 }, { in: 'staff-room' }), 'It goes on until');
  const sound = await hears(stage, 'Ana', 'breathing', before);
  await sees(stage.who('Ana'), 'group-room', 'In for 4, out for 6.');
  told(await lead.run('/exercise stop', {}, { in: 'staff-room' }));
  tell.line(
    `${CAST.lead} began to breathe with the group. Ana heard it in the call, ${sound.encrypted ? 'end-to-end encrypted' : 'not encrypted'}, at ${sound.dBFS} dBFS, and reads the rhythm on a card.`,
  );
  return sound;
};
