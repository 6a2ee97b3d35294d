/** The confidentiality agreement as people read it, sign it and take their signature back. */
import type { Agreement, AgreementText, Signature, SignedText } from '../../core/agreement.ts';
import type { Action, Card, CardField, Form } from '../card.ts';
import { literal, moment, visible } from '../markup.ts';
import { REMIND_DIRECTLY, REMINDED_HERE } from './reminders.ts';
import { TEST } from './voice-check.ts';

const body = ({ items }: AgreementText): string =>
  items.map((item, index) => `${index + 1}. ${literal(item)}`).join('\n');

const titled = ({ title, version }: AgreementText): string =>
  `${literal(title)} (version ${literal(version)})`;

/** By the titles under which the texts stand: whoever reads one of the languages finds it. */
const otherLanguages = ({ texts }: Agreement, sha256: string): readonly Action[] =>
  texts
    .filter((each) => each.sha256 !== sha256)
    .map(({ text: { title, locale } }) => ({
      label: `${visible(title)} (${locale})`,
      command: 'agreement show',
      given: { language: locale },
      style: 'secondary',
    }));

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

const wouldJoin = (joining: number): readonly CardField[] =>
  joining === 0
    ? []
    : [
        {
          name: joining === 1 ? 'Somebody would like to join' : `${joining} people would like to join`,
          value:
            'Each of you is asked whether you agree: who signs again says yes. Nobody new comes in before everybody has signed. If you would rather not, or have a question first, please tell a facilitator; nobody else hears of it.',
        },
      ];

/** The agreement as it stands in the welcome room. */
export const card = (agreement: Agreement, joining: number): Card => ({
  title: titled(agreement.texts[0].text),
  text: body(agreement.texts[0].text),
  fields: [
    {
      name: 'To open the rooms',
      value: `Read this in your own time. When you agree, press **Sign**; you may ask a facilitator first. ${AGAIN}`,
    },
    ...wouldJoin(joining),
  ],
  actions: [[sign(agreement.texts[0].sha256), READ, ...otherLanguages(agreement, agreement.texts[0].sha256)]],
});

export interface AgreementFacts extends SignedText {
  readonly agreement: Agreement;
  /** What the reader is to it: `none` signs nothing, as staff. */
  readonly reader: 'signed' | 'unsigned' | 'none';
  readonly signedAt?: Date | undefined;
}

/** The agreement for one reader, with what they can do about it. */
export const shown = ({ text, sha256, agreement, reader, signedAt }: AgreementFacts): Card => {
  const base = { title: titled(text), text: body(text) };
  const others = otherLanguages(agreement, sha256);
  if (reader === 'none') return others.length > 0 ? { ...base, actions: [others] } : base;
  if (reader === 'unsigned') {
    return {
      ...base,
      fields: [{ name: 'To open the rooms', value: `The rooms open when you sign. ${AGAIN}` }],
      actions: [[sign(sha256), ...others]],
    };
  }
  return {
    ...base,
    fields: [
      { name: 'You have signed this', value: signedAt ? `on ${moment(signedAt, 'f')}` : 'It stands.' },
    ],
    actions: [[WITHDRAW, ...others]],
  };
};

/** The form in which it is signed: the words are typed, so that nobody signs by a slip of the thumb. */
export const form = ({ text, sha256 }: SignedText): Form => ({
  title: 'Sign the agreement',
  command: 'agreement sign',
  given: { sha256 },
  fields: [
    {
      kind: 'text',
      name: 'confirm',
      label: `To sign, type: ${visible(text.confirmation)}`,
      required: true,
      fewest: 1,
      most: 100,
      long: false,
    },
  ],
});

export interface SigningFacts {
  readonly signature: Signature;
  /** Whether they have tested a microphone in this cycle. */
  readonly tested: boolean;
  /** Whether they come in only when everybody else has signed. */
  readonly waits: boolean;
}

const OPENING =
  'The rooms of your group are opening for you now: you find them in the list, beside the welcome room.';
const WAITING =
  'The group had begun before you came, so everybody in it is asked, too. The rooms open to you as soon as all have signed.';

/** A signature was recorded; whoever has not tested their microphone in this cycle is offered it, once. */
export const signed = ({ signature: { version }, tested, waits }: SigningFacts): Card => ({
  title: 'Thank you, it is signed',
  text: `You signed version ${literal(version)}. ${waits ? WAITING : OPENING} You may withdraw at any time with \`/agreement withdraw\`.`,
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
