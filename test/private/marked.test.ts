/** Whether each command is private, written out: whoever adds one decides, or this fails. */
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { findCommand } from '../../src/command.ts';

const PATHS = commands.flatMap((entry) =>
  'commands' in entry ? entry.commands.map(({ name }) => `${entry.name} ${name}`) : [entry.name],
);

/** They take or show what people write, or how they are. */
const PRIVATE = [
  'absence tell',
  'alert close',
  'alert view',
  'attendance mark',
  'break-glass begin',
  'break-glass show',
  'attendance show',
  'goal list',
  'goal set',
  'goal show',
  'goal update',
  'place confirm',
  'place show',
  'report',
  'retention hold',
  'retention holds',
  'my-data export',
  'session answers',
  'task done',
  'task show',
  'task tick',
];

/** What may pass through Discord of them, and what may not. */
const IN_PART: Readonly<Record<string, readonly [given: Record<string, unknown>, isPrivate: boolean][]>> = {
  'check-in': [
    [{}, true],
    [{ share: 'group' }, true],
    [{ share: 'pass' }, false],
  ],
  reflect: [
    [{}, true],
    [{ share: 'staff' }, true],
    [{ share: 'pass' }, false],
    [{ share: 'pass', intention: 'To rest' }, true],
  ],
  'alert acknowledge': [[{ alert: 'A-12345' }, false]],
  rsvp: [
    [{ answer: 'coming' }, false],
    [{ answer: 'not-coming' }, false],
  ],
};

/** They take and show what the programme plans, who is part of it, and what it brings along. */
const OPEN = [
  ...['cohort create', 'cohort enrol', 'cohort discharge', 'cohort policy', 'cohort supervisor'],
  ...['cohort therapist', 'cohort show', 'cohort archive', 'cohort transfer'],
  ...['waitlist add', 'waitlist remove', 'waitlist list', 'waitlist next'],
  ...['cycle begin', 'cycle end', 'cycle show'],
  ...['agreement show', 'agreement sign', 'agreement withdraw'],
  ...['agreement edit', 'agreement item', 'agreement publish', 'agreement discard'],
  'agreement report',
  ...['schedule set', 'schedule show', 'schedule skip', 'schedule restore', 'schedule move', 'schedule add'],
  ...['schedule holiday', 'schedule end', 'calendar link', 'calendar revoke'],
  ...['reminders choose', 'reminders history', 'reminders overview', 'absence withdraw'],
  ...['session open', 'session next', 'session back', 'session skip', 'session extend', 'session pause'],
  ...['session resume', 'session end', 'place same', 'place pass'],
  ...['turn raise', 'turn pass', 'turn later', 'turn done', 'turn next', 'turn unheard'],
  ...['voice-check', 'encryption show', 'encryption code'],
  ...['exercise start', 'exercise pause', 'exercise resume', 'exercise stop', 'exercise list'],
  ...['breathe start', 'breathe alone'],
  ...[
    'media add',
    'media list',
    'media play',
    'media pause',
    'media resume',
    'media stop',
    'media remove',
    'media link',
  ],
  ...['attendance attest', 'attendance report', 'make-up list', 'make-up offer', 'make-up answer'],
  ...['individual schedule', 'individual move', 'individual cancel', 'individual list', 'individual end'],
  ...['help-now', 'contact-me', 'alert list', 'on-call set', 'on-call show', 'on-call off'],
  ...['crisis-lines list', 'crisis-lines set', 'crisis-lines confirm', 'crisis-lines reset'],
  ...['moderate lock', 'moderate unlock', 'moderate hold-chat', 'moderate release-chat', 'moderate mute'],
  ...['moderate mute-all', 'moderate unmute', 'moderate unmute-all', 'moderate move-aside'],
  ...['moderate remove', 'moderate time-out', 'moderate bring-back', 'moderate undo'],
  ...[
    'doctor',
    'audit show',
    'task list',
    'break-glass end',
    'sign-in end',
    'sign-in reset',
    'admin failures',
    'admin retry',
    'admin dismiss',
    'admin retention',
  ],
  ...['retention show', 'retention set', 'retention lift'],
  // How much there is of what, and nothing of it.
  ...['my-data show', 'my-data erase'],
];

const markOf = (path: string) => findCommand(commands, path)?.private;

describe('every command', () => {
  it('is written down as private, private in part, or open', () => {
    expect([...PRIVATE, ...OPEN, ...Object.keys(IN_PART)].toSorted()).toEqual(PATHS.toSorted());
  });

  it.each(PRIVATE)('/%s is asked on a page, whatever is given with it', (path) => {
    expect(markOf(path)).toBe(true);
  });

  it.each(OPEN)('/%s is asked in Discord', (path) => {
    expect(markOf(path)).toBeUndefined();
  });

  it.each(Object.entries(IN_PART))('/%s is asked on a page where it tells anything', (path, cases) => {
    const mark = markOf(path);
    if (typeof mark !== 'function') throw new Error(`/${path} is not private in part`);
    for (const [given, isPrivate] of cases) expect([given, mark(given)]).toEqual([given, isPrivate]);
  });
});
