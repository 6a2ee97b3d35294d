/** What Hearth's own pages say in English, and what is said of them in Discord. */
import type { Refusal } from '../../core/refusal.ts';
import type { PageRefusal, PageWords } from '../pages.ts';
import type { Problem } from '../problem.ts';
import { refusal as worded } from './refusals.ts';

const ASK_AGAIN =
  'Go back to Discord and press the button or type the command again: you are given a new page at once.';

const PROBLEMS: Readonly<Record<Problem['what'], (limit: number) => string>> = {
  missing: () => 'this is still needed',
  'too-short': (limit) => `please write at least ${limit} characters`,
  'too-long': (limit) => `please write at most ${limit} characters`,
  'too-small': (limit) => `at least ${limit}, please`,
  'too-big': (limit) => `at most ${limit}, please`,
  'not-one-of': () => 'please choose one of those offered',
  wrong: () => 'this could not be read; please choose or write it again',
};

/** In other words than in Discord, where those speak of Discord. */
const ON_PAGES: Partial<Record<PageRefusal, string>> = {
  'sign-first':
    'You can do this once you have signed the group agreement, which you find in the welcome room in Discord.',
  'date-not-ahead': 'Please choose a day that is still ahead, written like 2026-05-31.',
};

const isOnPages = (code: string): code is PageRefusal => Object.hasOwn(ON_PAGES, code);

const refusal = (reason: Refusal): string =>
  (isOnPages(reason.code) ? ON_PAGES[reason.code] : undefined) ?? worded(reason).text;

export const pages: PageWords = {
  language: 'en',

  link: ({ address, title, lost }) => ({
    title,
    text: [
      ...(lost ? ['What you typed was not kept: your group answers on a page of its own.'] : []),
      'This opens on a page of Hearth’s own, so that what you tell or read does not pass through Discord.',
      'The page is for you alone: please do not hand it on. It can be used once, within 15 minutes.',
    ].join('\n'),
    links: [{ label: 'Open the page', address }],
  }),
  notRepeated: (card) => ({
    ...card,
    text: `${card.text}\n\nWhat you typed was not kept, and is not repeated here: it is for a page of Hearth’s own, and not for Discord.`,
  }),
  noted: () => ({ text: 'That is noted, thank you. Nothing else is needed.' }),

  isFor: (name, group) => `For ${name}, in the group ${group}. If that is not you, please close this page.`,
  openUntil: (time) => `You can send it once, until ${time}.`,
  notThroughDiscord: 'What stands here does not pass through Discord.',
  readyToShow: 'It is shown to you once, when you press the button.',
  send: 'Send',
  show: 'Show it to me',
  leaveOut: 'Leave this out',
  choose: 'Please choose',
  optional: 'if you like',
  upTo: (most) => `Up to ${most}`,
  atMostCharacters: (most) => `At most ${most} characters`,

  somethingIsMissing: 'Almost there. Nothing was sent yet:',
  errorPrefix: 'Almost there',
  problem: ({ description, what, limit = 0 }) => `${description}: ${PROBLEMS[what](limit)}`,
  notDone: 'This could not be done',
  refusal,
  fault: (reference) =>
    `Something went wrong on our side, not because of you. What you wrote stands below: please send it once more. If it happens again, tell the people who run Hearth this reference: ${reference}`,

  done: 'It is done',
  whatNext: 'What you can do next',
  moreInDiscord:
    'There is more that you can do next. You find it in Discord, which gives you a new page for it at once.',
  closeThis: 'You can close this page now.',

  used: {
    title: 'This page was used already',
    paragraphs: ['What was sent with it is kept, and it opens only once.', `Is there more? ${ASK_AGAIN}`],
  },
  closed: {
    title: 'This page has closed',
    paragraphs: ['Each page closes after 15 minutes at most, so that nobody finds it later.', ASK_AGAIN],
  },
  unknown: {
    title: 'There is no page here',
    paragraphs: ['The address may be incomplete, or too old.', ASK_AGAIN],
  },
  tooMany: {
    title: 'Please wait a moment',
    paragraphs: ['Pages were asked for very often from your address. Please try again in a minute.'],
  },
  tooMuch: {
    title: 'That was too much at once',
    paragraphs: ['More was sent than a page can take. Nothing was kept. Please go back and shorten it.'],
  },
  fromElsewhere: {
    title: 'This did not come from our page',
    paragraphs: ['Something was sent here from another website, and nothing was kept.', ASK_AGAIN],
  },
  failed: (reference) => ({
    title: 'Something went wrong on our side',
    paragraphs: [
      'It was not because of you. Please try again in a moment.',
      `If it happens again, tell the people who run Hearth this reference: ${reference}`,
    ],
  }),
  whatYouWrote: 'This is what you wrote; it was not kept',

  signIn: {
    title: 'Please sign in',
    paragraphs: [
      'This page shows what others told. Discord says who you are, and a code of your own device that it is you.',
      'It holds for 15 minutes without a page, and for 8 hours at most. `/sign-in end` ends it everywhere.',
    ],
  },
  signInButton: 'Sign in with Discord',
  noSignIn: {
    title: 'Nobody can sign in here yet',
    paragraphs: [
      'Whoever runs Hearth sets it up first: the README tells how. Until then this page is not shown to facilitators.',
    ],
  },
  signInFailed: {
    title: 'You could not be signed in',
    paragraphs: ['Discord did not say who you are, or it took too long.', ASK_AGAIN],
  },
  enrol: {
    title: 'A second factor, once',
    paragraphs: [
      'Open an authenticator app on your phone, and have it read this picture; or type the secret beneath it there.',
      'Then write the six digits that the app shows.',
    ],
  },
  secretIs: 'Secret',
  code: 'Code',
  codeHint: 'Six digits from your app, or one of your codes for when the device is lost',
  recovery: {
    title: 'Keep these codes',
    paragraphs: [
      'If your device is lost, each of them signs you in once. They are shown this once: write them down where nobody else finds them. Any that you were given before are void.',
    ],
  },
  goOn: 'Go on to your page',

  somebody: (code) => `somebody (${code})`,
  aRoom: 'the room of the group',
};
