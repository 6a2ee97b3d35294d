/** Boards in words: they fit in Discord, and offer what fits the moment. */
import { describe, expect, it } from 'vitest';
import { english } from '../../content/en/index.ts';
import { catalogueOf } from '../../src/adapters/content/catalogue.ts';
import { cardPayload } from '../../src/adapters/discord/card-payload.ts';
import { PHASES } from '../../src/core/agenda.ts';
import type {
  Announcement,
  Board,
  Lobby,
  OpenSessionCard,
  StaffPanel,
  StaffView,
} from '../../src/core/board.ts';
import type { Arrival } from '../../src/core/check-in.ts';
import { MOST_PARTICIPANTS } from '../../src/core/cohort.ts';
import { confidential } from '../../src/core/confidential.ts';
import { courseOf } from '../../src/core/exercise.ts';
import { LEVELS } from '../../src/core/level.ts';
import { isAwaited } from '../../src/core/lobby.ts';
import { UNHEARD_WHYS } from '../../src/core/microphone-check.ts';
import { wordsFor } from '../../src/words/index.ts';
import { readable } from '../world/asking.ts';

const words = wordsFor('en');
const EVERYBODY = Array.from(
  { length: MOST_PARTICIPANTS },
  (_, index) => `1${String(index).padStart(19, '0')}`,
);
const LONGEST: Arrival = {
  mood: 10,
  energy: 10,
  words: ['overwhelmed', 'connected', 'restless'],
  goalStatus: 'no-goal',
};
const AT = new Date('2026-05-04T16:00:00Z');

const openCard = (but: Partial<OpenSessionCard> = {}): OpenSessionCard => ({
  kind: 'session-card',
  sessionId: '01900000-0000-7000-8000-000000000001',
  number: 3,
  state: 'running',
  step: 1,
  steps: 8,
  phase: 'discussion',
  plannedEndAt: AT,
  waiting: [],
  checkedIn: [],
  arrivals: [],
  reflected: [],
  takeAways: [],
  ...but,
});
const everything = {
  speaker: EVERYBODY[0] ?? '',
  waiting: EVERYBODY,
  checkedIn: EVERYBODY,
  arrivals: EVERYBODY.map((account) => ({ account, arrival: LONGEST })),
  reflected: EVERYBODY,
  takeAways: EVERYBODY.map((account) => ({ account, takeAway: 'still-settling' as const })),
};
const view = (but: Partial<StaffView> = {}): StaffView => {
  const { sessionId, number, state, step, steps, phase, plannedEndAt, waiting } = openCard();
  const facts = { sessionId, number, state, step, steps, phase, waiting };
  return {
    ...facts,
    ...(plannedEndAt && { plannedEndAt }),
    here: [],
    notYetHeard: [],
    checkIns: [],
    takeAways: [],
    ...but,
  };
};
const panel = (session?: StaffView): StaffPanel => ({
  kind: 'staff-panel',
  cohortName: 'W'.repeat(40),
  cohortState: 'active',
  unsigned: [],
  enrolled: 12,
  ...(session && { session }),
});
const encryption = { state: 'on', privacyCode: '1'.repeat(30), outside: EVERYBODY } as const;
/** Of the buttons of a board, without the last, by which help is asked for on all of them. */
const labels = (board: Board) =>
  (words.board(board).actions ?? [])
    .map((row) => row.map(({ label }) => label))
    .filter(([label]) => label !== 'Help now');

describe('boards', () => {
  it('fit in Discord in every phase, with every topic and twelve people who tell all they can', () => {
    for (const phase of PHASES) {
      for (const material of catalogueOf(english).topics()) {
        const checkIns = everything.arrivals;
        cardPayload(words.board(openCard({ phase, material, encryption, countsTalk: true, ...everything })));
        const staff = view({
          phase,
          material,
          ...everything,
          here: EVERYBODY,
          notYetHeard: EVERYBODY,
          encryption,
          talk: EVERYBODY.map((account) => ({ account, percent: 100 })),
          checkIns,
        });
        cardPayload(words.board({ ...panel(staff), unsigned: EVERYBODY }));
      }
    }
  });

  it('fit in Discord with every exercise, and with the longest that can be said of a recording and a link', () => {
    const now = { state: 'playing', endsAt: AT } as const;
    const facts = {
      kind: 'exercise-card',
      sessionId: 's',
      playbackId: 'p',
      isHeard: true,
      startedAt: AT,
    } as const;
    for (const exercise of english.exercises) {
      const shows = { kind: 'exercise', exercise, course: courseOf(exercise, 10) } as const;
      const said = readable(words.board({ ...facts, now, shows }));
      expect(said).toContain(exercise.title);
      expect(said).toContain('you may stop at any time, keep your eyes open, breathe as usual');
      cardPayload(words.board({ ...facts, now, shows }));
    }
    const [title, alternative] = [confidential('*'.repeat(80)), confidential('@'.repeat(600))];
    cardPayload(words.board({ ...facts, now, shows: { kind: 'media', title, alternative, lengthMs: 1 } }));
    const address = confidential(`https://${'a.'.repeat(240)}org/`);
    const link = { kind: 'link-card', sessionId: 's', linkId: 'l', address, title, alternative } as const;
    cardPayload(words.board({ ...link, invitation: confidential('https://discord.gg/abc') }));
  });

  it('of an exercise have nothing to press: it is in the hands of the staff', () => {
    const [exercise] = english.exercises;
    if (!exercise) throw new Error('there is no exercise');
    const shows = { kind: 'exercise', exercise, course: courseOf(exercise, 1) } as const;
    const facts = {
      kind: 'exercise-card',
      sessionId: 's',
      playbackId: 'p',
      isHeard: true,
      startedAt: AT,
    } as const;
    expect(labels({ ...facts, shows, now: { state: 'playing', endsAt: AT } })).toEqual([]);
    const plays = { playbackId: 'p', kind: 'exercise', state: 'playing' } as const;
    expect(labels(panel(view({ plays }))).at(-1)).toEqual(['Pause the exercise', 'Stop the exercise']);
    const paused = { playbackId: 'p', kind: 'media', state: 'paused' } as const;
    expect(labels(panel(view({ plays: paused }))).at(-1)).toEqual([
      'Resume the recording',
      'Stop the recording',
    ]);
  });

  it('offer on the card what fits the phase', () => {
    const offered = PHASES.map((phase) => [phase, labels(openCard({ phase })).flat().join(', ')]);
    // Whoever comes late arrives, too.
    const turns = 'Raise hand, Come back to me, Pass my turn, Check in';
    expect(Object.fromEntries(offered)).toEqual({
      welcome: 'Check in, Pass',
      'check-in': 'Check in, Pass',
      grounding: 'Check in, Pass',
      review: turns,
      topic: turns,
      discussion: turns,
      exercise: turns,
      reflection: 'Reflect, Pass',
    });
  });

  it('offer to end a turn while somebody has one', () => {
    const card = openCard({ phase: 'discussion', speaker: EVERYBODY[0] ?? '' });
    expect(labels(card).flat()).toContain('Done speaking');
  });

  it('say nothing of check-ins once the group talks and nobody has checked in', () => {
    expect(readable(words.board(openCard({ phase: 'discussion' })))).not.toContain('Nobody yet');
    expect(readable(words.board(openCard({ phase: 'welcome' })))).toContain('Nobody yet');
  });

  it('show staff what was left with them by the session that ended last, and the way to its attendance', () => {
    const takeAways = EVERYBODY.map((account) => ({ account, takeAway: 'still-settling' as const }));
    const idle = { ...panel(), last: { number: 3, endedAt: AT, attested: false, takeAways } };
    expect(labels(idle)).toEqual([['Open the next session', 'See attendance', 'Attest attendance']]);
    const attested = { ...idle, last: { ...idle.last, attested: true } };
    expect(labels({ ...attested, cohortState: 'archived' })).toEqual([['See attendance']]);
    expect(readable(words.board(idle))).toContain('It is still settling in me');
    cardPayload(words.board({ ...idle, unsigned: EVERYBODY }));
  });

  it('offer staff what can be done, and carry the phase that the buttons were shown for', () => {
    expect(labels(panel(view()))).toEqual([
      ['Back', 'Next', 'Skip', 'Extend +5'],
      ['Next turn', 'Pause', 'End'],
      ['Pause and hold the chat'],
    ]);
    expect(labels(panel(view({ state: 'paused' })))).toEqual([['Resume', 'Hold the chat', 'End']]);
    expect(labels(panel())).toEqual([['Open the next session']]);
    const [moves = []] = words.board(panel(view({ step: 4 }))).actions ?? [];
    expect(moves.map(({ given }) => given?.['step'])).toEqual(['4', '4', '4', '4']);
  });

  it('show no button while a session is paused or after it has ended', () => {
    expect(labels(openCard({ state: 'paused' })).flat()).toEqual([]);
    const ended = {
      sessionId: 'x',
      number: 3,
      state: 'ended',
      endedAt: AT,
      answersUntil: AT,
      takeAways: [],
    } as const;
    expect(labels({ kind: 'session-card', ...ended })).toEqual([]);
  });

  const LOBBY_STATES = ['waiting', 'begun', 'late', 'open', 'held', 'not-held', 'moved', 'skipped'] as const;
  const lobby = (state: (typeof LOBBY_STATES)[number]): Lobby => ({
    kind: 'lobby',
    occurrenceId: '01900000-0000-7000-8000-000000000002',
    startsAt: AT,
    state,
    ready: EVERYBODY,
  });

  it('say calmly before a meeting whatever becomes of it, and ask who comes only until it begins', () => {
    for (const state of LOBBY_STATES) {
      const card = words.board(lobby(state));
      cardPayload(card);
      expect(card.title).toBe('Before we begin');
      expect(readable(card)).not.toMatch(/sorry|missed|fail|late\b/i);
      expect(labels(lobby(state)).flat()).toEqual(
        state === 'waiting'
          ? ['I will be there', 'I cannot come', 'Test my microphone']
          : isAwaited(state)
            ? ['Test my microphone']
            : [],
      );
    }
  });

  it('show staff the next meeting, with intentions that fit whatever was written', () => {
    for (const written of ['@'.repeat(300), 'walk\n'.repeat(60), '🌱'.repeat(150), 'a walk']) {
      const intentions = EVERYBODY.map((account) => ({ account, intention: confidential(written) }));
      const takeAways = EVERYBODY.map((account) => ({ account, takeAway: 'still-settling' as const }));
      const card = words.board({
        ...panel(),
        unsigned: EVERYBODY,
        next: { startsAt: AT, notComing: EVERYBODY, openTasks: 1, intentions },
        last: { number: 3, endedAt: AT, attested: false, takeAways },
      });
      cardPayload(card);
      expect(readable(card)).toContain('1 task is open');
    }
  });

  it('tell somebody who tests a microphone what to do, in every state', () => {
    const facts = { kind: 'check-card', room: 1, checkId: 'check' } as const;
    const cards = [
      ...[0, 1, 7].map((before) => ({ ...facts, state: 'waiting' as const, before })),
      { ...facts, state: 'ready' as const, account: EVERYBODY[0] ?? '', askedAt: AT },
      ...(['listening', 'playing-back'] as const).map((state) => ({ ...facts, state })),
      ...LEVELS.map((level) => ({ ...facts, state: 'heard' as const, level })),
      ...UNHEARD_WHYS.map((why) => ({ ...facts, state: 'unheard' as const, why })),
      { kind: 'check-card', room: 1, state: 'closed' } as const,
    ];
    for (const each of cards) {
      const card = words.board(each);
      cardPayload(card);
      expect(card.title).toBe('Your microphone');
      expect(readable(card)).not.toMatch(/sorry|wrong|<@/i);
      expect(card.calls).toEqual(each.state === 'ready' ? [EVERYBODY[0]] : []);
    }
    expect(new Set(cards.map((each) => readable(words.board(each)))).size).toBe(cards.length);
    expect(labels({ ...facts, state: 'heard', level: 'good' }).flat()).toEqual([
      'Once more',
      'Done',
      'Check on my own',
    ]);
    expect(labels({ ...facts, state: 'listening' })).toEqual([]);
  });

  it('say of the encryption what is known, and name nobody to the group', () => {
    const line = (board: Board) => readable(words.board(board));
    expect(line(openCard({ encryption }))).toContain('Encryption: on. Code 11111 11111');
    expect(line(openCard({ encryption }))).toContain('12 people in the room are not part');
    expect(line(openCard({ encryption }))).not.toContain('<@');
    expect(line(panel(view({ encryption })))).toContain(`Not part of the encrypted call: <@${EVERYBODY[0]}>`);
    expect(line(openCard({ encryption: { state: 'alone' } }))).toContain('nobody else is in the call yet');
    expect(line(openCard())).not.toContain('Encryption');
  });

  it('keep their title as long as they stand', () => {
    const titles = [...PHASES.map((phase) => openCard({ phase })), openCard({ state: 'paused' })].map(
      (board) => words.board(board).title,
    );
    expect(new Set(titles)).toEqual(new Set(['Session 3']));
    expect(words.board(panel()).title).toBe(words.board(panel(view())).title);
  });

  it('show the topic, its prompts and the exercise where they belong', () => {
    const material = {
      title: 'Rest',
      aim: 'Find rest.',
      prompts: ['What rests you?'],
      exercise: 'Close your eyes.',
    };
    const shown = (phase: 'topic' | 'discussion' | 'exercise' | 'welcome') =>
      readable(words.board(openCard({ phase, material })));
    expect(shown('topic')).toContain('Find rest.');
    expect(shown('discussion')).toContain('- What rests you?');
    expect(shown('exercise')).toContain('Close your eyes.');
    expect(shown('welcome')).not.toContain('rest.');
  });
});

describe('announcements', () => {
  const said: readonly Announcement[] = [
    { kind: 'session-opened', number: 1, agreementVersion: '1', topicTitle: 'Rest' },
    ...PHASES.map((phase) => ({ kind: 'phase-entered' as const, phase })),
    { kind: 'phase-ending', phase: 'topic', plannedEndAt: AT.toISOString() },
    { kind: 'paused' },
    { kind: 'resumed', phase: 'topic' },
    { kind: 'session-ended' },
    { kind: 'meetings-skipped', at: [AT.toISOString()] },
    { kind: 'meetings-restored', at: [AT.toISOString(), AT.toISOString()] },
    { kind: 'meeting-moved', from: AT.toISOString(), to: AT.toISOString() },
    { kind: 'meeting-added', at: AT.toISOString(), minutes: 60 },
    { kind: 'schedule-set', next: [AT.toISOString()], last: AT.toISOString() },
    { kind: 'schedule-set', next: [], last: '' },
    { kind: 'schedule-ended' },
    { kind: 'task-opened' },
    { kind: 'talk-time-counted' },
    { kind: 'talk-time-not-counted' },
  ];

  it('lead to the card of the session, where it stands already', () => {
    const card = { guildId: '1', channelId: '2', messageId: '3' };
    for (const kind of ['phase-entered', 'resumed'] as const) {
      const { text } = words.announcement({ kind, phase: 'topic', card });
      expect(text).toContain('[The session card](https://discord.com/channels/1/2/3) shows what to do now.');
    }
  });

  it('are short, and call nobody', () => {
    for (const one of said) {
      const { text } = words.announcement(one);
      expect(text.length).toBeLessThan(400);
      expect(text).not.toMatch(/<[@#]|@everyone|@here/);
    }
  });
});
