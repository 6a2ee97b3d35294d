/** What the programme brings must fit the rules, also after somebody has edited it. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { english } from '../../content/en/index.ts';
import { catalogueOf } from '../../src/adapters/content/catalogue.ts';
import { type Agenda, GROUP_TYPES, PHASES, type Phase, SESSION_MINUTES } from '../../src/core/agenda.ts';
import { agreementBody, allowedBy } from '../../src/core/agreement.ts';
import { EXERCISE_MINUTES } from '../../src/core/exercise.ts';
import { DEEP_FROM_SESSION } from '../../src/core/topic.ts';

/** Characters that Discord takes as the description of an embed. */
const EMBED_DESCRIPTION = 4096;
/** Characters of an autocomplete choice, and of a button's custom id. */
const CHOICE = 100;

const catalogue = catalogueOf(english);
const plannedMinutes = (agenda: Agenda): number => agenda.reduce((total, { minutes }) => total + minutes, 0);
const everyAgenda = GROUP_TYPES.flatMap((type) =>
  SESSION_MINUTES.map((minutes) => ({ type, minutes, agenda: catalogue.agenda(type, minutes) })),
);

describe.each(everyAgenda)('the agenda of a $type group for $minutes minutes', ({ minutes, agenda }) => {
  const phases = agenda.map(({ phase }) => phase);

  it('takes exactly its minutes', () => {
    expect(plannedMinutes(agenda)).toBe(minutes);
  });

  it('begins with a welcome and ends with a reflection', () => {
    expect([phases.at(0), phases.at(-1)]).toEqual(['welcome', 'reflection']);
  });

  it('has each phase at most once, in the usual order, with time for it', () => {
    expect(phases).toEqual(PHASES.filter((phase) => phases.includes(phase)));
    expect(agenda.every((step) => Number.isInteger(step.minutes) && step.minutes >= 3)).toBe(true);
  });
});

describe('the exercises', () => {
  it('each have a name of their own, and the gentlest breath comes first', () => {
    const { exercises } = english;
    expect(new Set(exercises.map(({ id }) => id)).size).toBe(exercises.length);
    expect(new Set(exercises.map(({ title }) => title)).size).toBe(exercises.length);
    expect(exercises[0]).toMatchObject({ kind: 'breathing', rhythm: { hold: 0, rest: 0 } });
    for (const { id, title } of exercises) expect(Math.max(id.length, title.length)).toBeLessThanOrEqual(40);
  });

  it.each(english.exercises)(
    '$title takes a usual time, and is told in whole sentences',
    ({ about, minutes }) => {
      expect(about).toMatch(/[.!?]$/);
      expect(minutes).toBeGreaterThanOrEqual(EXERCISE_MINUTES.least);
      expect(minutes).toBeLessThanOrEqual(EXERCISE_MINUTES.most);
    },
  );

  it('hold no breath for longer than four seconds, and let nobody breathe faster than six times a minute', () => {
    for (const exercise of english.exercises) {
      if (exercise.kind !== 'breathing') continue;
      const { inhale, hold, exhale, rest } = exercise.rhythm;
      expect(Math.max(hold, rest)).toBeLessThanOrEqual(4);
      expect(exhale).toBeGreaterThanOrEqual(inhale);
      expect(inhale + hold + exhale + rest).toBeGreaterThanOrEqual(10);
    }
  });

  it('that are guided begin at once, go on in order, and end by coming back', () => {
    for (const exercise of english.exercises) {
      if (exercise.kind !== 'guided') continue;
      const times = exercise.cues.map(({ atPercent }) => atPercent);
      expect(times[0]).toBe(0);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeLessThan(100);
      expect(exercise.cues.at(-1)?.text).toContain('back to the group');
    }
  });
});

describe('the topics', () => {
  it('are twenty-eight, each with a name of its own', () => {
    expect(english.topics).toHaveLength(28);
    expect(new Set(english.topics.map(({ id }) => id)).size).toBe(28);
    expect(new Set(english.topics.map(({ title }) => title)).size).toBe(28);
  });

  it.each(GROUP_TYPES)(
    'of a %s group begin with little disclosure, and go deep only once trust is there',
    (type) => {
      const own = english.topics.filter(({ groupType }) => groupType === type);
      expect(own.length).toBeGreaterThanOrEqual(DEEP_FROM_SESSION);
      expect(own[0]?.disclosure).toBe(1);
      expect(own.filter(({ disclosure }) => disclosure < 3).length).toBeGreaterThanOrEqual(
        DEEP_FROM_SESSION - 1,
      );
    },
  );

  it.each(english.topics)('tell what $title is for, what to do, and what to ask', (topic) => {
    expect(topic.aim).toMatch(/[.!?]$/);
    expect(topic.exercise).toMatch(/[.!?]$/);
    expect([2, 3]).toContain(topic.prompts.length);
    expect(topic.prompts.every((prompt) => prompt.endsWith('?'))).toBe(true);
  });

  it.each(english.topics)('fit: $title', (topic) => {
    const room: readonly Phase[] = ['topic', 'discussion', 'exercise'];
    const least = catalogue.agenda(topic.groupType, 60).filter(({ phase }) => room.includes(phase));
    expect(topic.minutes).toBeLessThanOrEqual(plannedMinutes(least));
    expect(topic.title.length).toBeLessThanOrEqual(CHOICE);
    expect(topic.id).toMatch(/^[a-z0-9-]{3,50}$/);
    expect(topic.aim.length + topic.exercise.length + topic.prompts.join('').length).toBeLessThan(1_000);
  });
});

describe('the agreement', () => {
  const [{ text, sha256 }] = catalogue.agreement().texts;
  const body = agreementBody(text);

  it('has its eighteen items, and fits a card', () => {
    expect(text.items).toHaveLength(18);
    expect(body.length).toBeLessThanOrEqual(EMBED_DESCRIPTION);
  });

  it('is named by the hash of exactly what is shown', () => {
    expect(sha256).toBe(createHash('sha256').update(body, 'utf8').digest('hex'));
  });

  it('says as much in each language, in a text that fits a card', () => {
    for (const each of catalogue.agreement().texts) {
      expect(each.text.items).toHaveLength(text.items.length);
      expect(each.text.version).toBe(text.version);
      expect(Object.keys(each.text.allows ?? {})).toEqual(Object.keys(text.allows ?? {}));
      expect(agreementBody(each.text).length).toBeLessThanOrEqual(EMBED_DESCRIPTION);
    }
    expect(catalogue.agreement().texts.map((each) => each.text.locale)).toEqual(['en', 'es']);
  });

  it('has another name as soon as a word of it changes', () => {
    const edited = { ...text, items: [...text.items.slice(0, -1), 'Be kind.'] };
    const [changed] = catalogueOf({ ...english, agreements: [edited] }).agreement().texts;
    expect(changed.sha256).not.toBe(sha256);
  });

  it('is changed with its version', () => {
    // Whoever changes a word gives the agreement a new version and writes both here: people sign anew.
    expect([text.version, sha256.slice(0, 12)]).toEqual(['2', '51e1486c8914']);
  });

  it('says what it allows', () => {
    expect(allowedBy([catalogue.agreement()], 'talk-time')).toBe(true);
    expect(body).toMatch(/counts how long each of us speaks/);
    expect(body).toMatch(/It listens only when I ask it/);
  });

  it('says what is honest, and promises nothing that nobody can keep', () => {
    expect(body).toMatch(/Discord/);
    expect(body).toMatch(/owner/);
    expect(body).toMatch(/encrypted/);
    expect(body).not.toMatch(/HIPAA[- ]compliant|anonymous|fully confidential|monitored 24\/7/i);
  });
});

describe('the catalogue', () => {
  it('finds a topic by its id', () => {
    expect(catalogue.topic('sleep-basics')?.title).toBe('Sleep basics');
    expect(catalogue.topic('nothing')).toBeUndefined();
    expect(catalogue.topics()).toBe(english.topics);
  });
});
