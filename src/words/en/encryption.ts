/** What is said about the encryption of a call: what is known of it, how to compare, and what Hearth's presence means. */
import type { CallEncryption } from '../../core/encryption.ts';
import type { Card, CardField } from '../card.ts';
import { counted } from './list.ts';
import { people } from './people.ts';

/** Digits as Discord shows them: in groups of five. */
export const inFives = (digits: string): string => digits.match(/.{1,5}/g)?.join(' ') ?? digits;

/** Who reads it: staff see names. */
export type Reader = 'staff' | 'group';

const outsideLine = (outside: readonly string[], reader: Reader): string => {
  if (reader === 'staff') return `Not part of the encrypted call: ${people(outside, 'nobody')}.`;
  return outside.length === 1
    ? 'Somebody in the room is not part of the encrypted call yet.'
    : `${counted(outside.length, 'person', 'people')} in the room are not part of the encrypted call yet.`;
};

const OFF =
  '**off. This call is not end-to-end encrypted.** Please say nothing that must stay among you until it is. Usually one device is the cause: it helps to update Discord, to leave the voice room and to come back.';

const ABSENT = 'Hearth is not in this call.';
const SENT_AWAY =
  'Somebody disconnected Hearth from this call twice, so it stays out of it. It comes back with the next session; to have it back now, an admin can set `calls` to no and then to yes with `/cohort policy`.';

/** One line on a card, after the word `Encryption`; names only for staff. */
export const line = (encryption: CallEncryption, reader: Reader): string => {
  switch (encryption.state) {
    case 'unknown':
      return `Encryption: unknown. ${ABSENT}`;
    case 'sent-away':
      return `Encryption: unknown. ${reader === 'staff' ? SENT_AWAY : ABSENT}`;
    case 'agreeing':
      return 'Encryption: not known yet. Hearth is in this call, and those in it are just agreeing on it.';
    case 'alone':
      return 'Encryption: nobody else is in the call yet.';
    case 'off':
      return `Encryption: ${OFF}`;
    case 'on':
      return [
        `Encryption: on. Code ${inFives(encryption.privacyCode)}`,
        ...(encryption.outside.length > 0 ? [`**${outsideLine(encryption.outside, reader)}**`] : []),
      ].join('\n');
  }
};

const NO_CALLS =
  'Hearth does not come into the calls of this group, so it can verify nothing there. Discord encrypts calls in voice rooms end to end: each of you can look for the green lock in **Voice Details**.';

const NOT_IN_IT =
  'It is not known at this moment whether the call is end-to-end encrypted: Hearth is not in it.';
const THE_LOCK = 'each of you can look for the green lock in **Voice Details**.';

const explained = (encryption: CallEncryption, reader: Reader): string => {
  switch (encryption.state) {
    case 'unknown':
      return `${NOT_IN_IT} It comes in with the session, or when people gather for one, unless it is in the call of another group of this server. Until then ${THE_LOCK}`;
    case 'sent-away':
      return `${NOT_IN_IT}${reader === 'staff' ? ` ${SENT_AWAY}` : ''} Until it is back, ${THE_LOCK}`;
    case 'agreeing':
      return `It is not known yet whether the call is end-to-end encrypted: Hearth is in it, and those in it are just agreeing on that, which takes some seconds. Meanwhile ${THE_LOCK}`;
    case 'alone':
      return 'Hearth is in the voice room alone: there is nothing to encrypt yet.';
    case 'off':
      return `Encryption is ${OFF}`;
    case 'on':
      return [
        `The call is end-to-end encrypted. Its privacy code is now **${inFives(encryption.privacyCode)}**.`,
        ...(encryption.outside.length > 0 ? [outsideLine(encryption.outside, reader)] : []),
      ].join('\n');
  }
};

const COMPARING: CardField = {
  name: 'How to compare',
  value:
    'Open **Voice Details** in the call, then **Privacy**: everybody should see the same code at the same moment. It changes whenever somebody comes or goes. Reading it aloud, or comparing by another way than Discord, is stronger than comparing in the same chat. `/encryption code` tells you your own code for Hearth.',
};

const PRESENCE: CardField = {
  name: 'What it means that Hearth is there',
  value:
    'Hearth is a member of the encrypted call, as each of you is: that is how it can verify, and it changes the code when it comes. It plays sounds. It decodes and keeps nothing of what is said; it listens only when somebody asks for a microphone test, for some seconds, in a room of their own. Where the agreement says so and the room is told, it counts how long each of you speaks, without reading any sound.',
};

/** Everything that is known now, and how anybody can check it. */
export const shown = (
  encryption: CallEncryption,
  { reader, joinsCalls }: { readonly reader: Reader; readonly joinsCalls: boolean },
): Card =>
  joinsCalls
    ? {
        title: 'Encryption of the call',
        text: explained(encryption, reader),
        fields: [COMPARING, PRESENCE],
        actions: [[{ label: 'Look again', command: 'encryption show' }]],
        ...(encryption.state === 'off' && { tone: 'attention' as const }),
      }
    : { title: 'Encryption of the call', text: NO_CALLS };

/** The reader's own code for Hearth. */
export const code = (digits: string): Card => ({
  title: 'Your code for Hearth',
  text: [
    `**${inFives(digits)}**`,
    'In the call, open Hearth in the list of people, then **Verify**: your own client should show the same digits. If it does, nobody stands between you and Hearth.',
    'It is yours alone, and it changes whenever somebody comes or goes, also when Hearth does: compare it at the same moment.',
  ].join('\n\n'),
  actions: [[{ label: 'Tell me again', command: 'encryption code' }]],
});
