/** The confidentiality agreement as people read it, sign it and take their signature back. */
import type { AgreementText } from '../../core/agreement.ts';
import type { Action, Card, Form } from '../card.ts';
import { moment } from '../markup.ts';
import { REMIND_DIRECTLY, REMINDED_HERE } from './reminders.ts';
import { TEST } from './voice-check.ts';

const body = ({ items }: AgreementText): string =>
  items.map((item, index) => `${index + 1}. ${item}`).join('\n');

const titled = ({ title, version }: AgreementText): string => `${title} (version ${version})`;

const sign = (sha256: string): Action => ({
  label: 'Sign',
  command: 'agreement sign',
  given: { sha256 },
  style: 'primary',
});
const READ: Action = { label: 'Read again', command: 'agreement show', style: 'secondary' };
const WITHDRAW: Action = {
  label: 'Withdraw my signature',
  command: 'agreement withdraw',
  style: 'secondary',
};

/** Nobody who signed before shall think that it was lost. */
const AGAIN = 'Whenever somebody joins the group or the text changes, everybody is asked to sign once more.';

/** The agreement as it stands in the welcome room; `sha256` is that of this very text. */
export const card = (text: AgreementText, sha256: string): Card => ({
  title: titled(text),
  text: body(text),
  fields: [
    {
      name: 'To open the rooms',
      value: `Read this in your own time. When you agree, press **Sign**; you may ask a facilitator first. ${AGAIN}`,
    },
  ],
  actions: [[sign(sha256), READ]],
});

export interface AgreementFacts {
  readonly text: AgreementText;
  readonly sha256: string;
  /** What the reader is to it: `none` signs nothing, as staff. */
  readonly reader: 'signed' | 'unsigned' | 'none';
  readonly signedAt?: Date | undefined;
}

/** The agreement for one reader, with what they can do about it. */
export const shown = ({ text, sha256, reader, signedAt }: AgreementFacts): Card => {
  const base = { title: titled(text), text: body(text) };
  if (reader === 'none') return base;
  if (reader === 'unsigned') {
    return {
      ...base,
      fields: [{ name: 'To open the rooms', value: `The rooms open when you sign. ${AGAIN}` }],
      actions: [[sign(sha256)]],
    };
  }
  return {
    ...base,
    fields: [
      { name: 'You have signed this', value: signedAt ? `on ${moment(signedAt, 'f')}` : 'It stands.' },
    ],
    actions: [[WITHDRAW]],
  };
};

/** The form in which it is signed: the words are typed, so that nobody signs by a slip of the thumb. */
export const form = (text: AgreementText, sha256: string): Form => ({
  title: 'Sign the agreement',
  command: 'agreement sign',
  given: { sha256 },
  fields: [
    {
      kind: 'text',
      name: 'confirm',
      label: `To sign, type: ${text.confirmation}`,
      required: true,
      fewest: 1,
      most: 100,
      long: false,
    },
  ],
});

/** A signature was recorded; whoever has not tested their microphone in this cycle is offered it, once. */
export const signed = (text: AgreementText, tested: boolean): Card => ({
  title: 'Thank you, it is signed',
  text: `You signed version ${text.version}. The rooms of your group are opening for you now: you find them in the list, beside the welcome room. You may withdraw at any time with \`/agreement withdraw\`.`,
  fields: [{ name: 'Before each session', value: REMINDED_HERE }],
  actions: [[REMIND_DIRECTLY, ...(tested ? [] : [TEST])]],
});

/** Asks once more before the rooms close. */
export const withdrawing = (): Card => ({
  title: 'Withdraw your signature?',
  text: 'The rooms of your group will close to you at once, and you leave a session that is going on. You stay on the roster, and you may sign again whenever you like. What was kept about you until now stays kept. To keep your signature, simply leave this.',
  actions: [
    [
      {
        label: 'Yes, withdraw it',
        command: 'agreement withdraw',
        given: { sure: 'yes' },
        style: 'danger',
      },
    ],
  ],
});

/** A signature was taken back. */
export const withdrawn = (): Card => ({
  text: 'Your signature is withdrawn, and the rooms are being closed to you. You can still read the welcome room, and sign again there whenever you like.',
  actions: [[READ]],
});
