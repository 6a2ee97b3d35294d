/** The cards and forms of agreements, cycles and places fit into what Discord takes, at their longest. */
import { describe, expect, it } from 'vitest';
import { english } from '../../content/en/index.ts';
import { catalogueOf } from '../../src/adapters/content/catalogue.ts';
import { cardPayload } from '../../src/adapters/discord/card-payload.ts';
import { formPayload } from '../../src/adapters/discord/form-payload.ts';
import { type Agreement, agreementsNow } from '../../src/core/agreement.ts';
import { editItem, MOST_ITEM, MOST_ITEMS } from '../../src/core/agreement-edit.ts';
import { FAREWELLS } from '../../src/core/farewell.ts';
import { GOODBYE_CODES, goodbyeCode, goodbyeOf } from '../../src/words/en/farewell.ts';
import { wordsFor } from '../../src/words/index.ts';
import { aCohort } from '../core/given.ts';

const words = wordsFor('en');
const cohort = { ...aCohort(), id: '01900000-0000-7000-8000-000000000001', name: '*'.repeat(40) };
const ACCOUNT = '12345678901234567890';

/** As many items as there may be, and as long together as they may be. */
const longest = (locale: string, sign: string): { readonly locale: string; items: readonly string[] } => {
  let items: readonly string[] = ['x'];
  const text = { locale, title: 'Ours', confirmation: 'I agree' };
  for (const length of [MOST_ITEM, 600, 300, 100, 40, 10, 1]) {
    for (;;) {
      const more = editItem({ ...text, items }, { words: sign.repeat(length) });
      if (!more.ok || items.length === MOST_ITEMS) break;
      items = more.value.items;
    }
  }
  return { locale, items };
};

const textOf = (locale: string, sign: string) => ({
  ...{ title: 'Ours', confirmation: 'I agree', version: '12' },
  ...longest(locale, sign),
});

describe.each(['x', '*', '@', '<', ':', '1. '])('an agreement of nothing but %j', (sign) => {
  const [en, es] = [textOf('en', sign), textOf('es', sign)];
  const agreement: Agreement = {
    version: '12',
    texts: [
      { text: en, sha256: 'a'.repeat(64) },
      { text: es, sha256: 'b'.repeat(64) },
    ],
  };

  it('fits on the card on which it is signed, written and published', () => {
    const before = catalogueOf(english).agreement();
    const { toSign } = agreementsNow({}, agreement);
    const [first] = toSign.texts;
    for (const reader of ['signed', 'unsigned', 'none'] as const) {
      cardPayload(words.agreement.shown({ ...first, agreement, reader, signedAt: new Date(0) }));
    }
    cardPayload(words.agreement.card(agreement, 3));
    cardPayload(words.agreementEdit.writing({ cohort, text: en, draft: {}, standing: agreement }));
    const facts = { cohort, next: agreement, before, mark: 'c'.repeat(16), inSession: true };
    cardPayload(words.agreementEdit.publishing(facts));
    cardPayload(words.agreementEdit.published(facts));
  });

  it('is changed in a form that holds the words of each item', () => {
    for (const number of [undefined, ...en.items.map((_item, index) => index + 1)]) {
      const form = words.agreementEdit.itemForm({ cohort, text: en, number });
      expect(form.fields).toHaveLength(2);
      formPayload(form);
    }
    formPayload(words.agreement.form(agreement.texts[0]));
  });
});

describe('cards about cycles and places', () => {
  const cycle = {
    id: 'cycle',
    cohortId: cohort.id,
    number: 12,
    consentRound: 20,
    lastDay: '2026-07-31',
    begunBy: ACCOUNT,
    begunAt: new Date(0),
  };
  const entry = (place: number) => ({
    id: `entry-${place}`,
    cohortId: cohort.id,
    person: { id: 'person', account: ACCOUNT },
    addedBy: ACCOUNT,
    addedAt: new Date(0),
  });

  it('fit, at their longest', () => {
    const plan = { cohort, number: 12, lastDay: '2026-07-31', signAgain: true, people: 12 };
    cardPayload(words.cycle.beginning(plan));
    cardPayload(words.cycle.begun(plan));
    cardPayload(words.cycle.ending({ cohort, cycle }));
    cardPayload(
      words.cycle.shown(
        cohort,
        Array.from({ length: 60 }, () => cycle),
        '2030-01-01',
      ),
    );
    const waiting = Array.from({ length: 200 }, (_, place) => entry(place));
    cardPayload(words.waitlist.shown({ cohort, waiting }));
    cardPayload(words.waitlist.next({ cohort, account: ACCOUNT, people: 12, consentReopened: true }));
    const to = { cohort, people: 12, consentReopened: true };
    cardPayload(words.cohort.transferring({ from: cohort, to, account: ACCOUNT.slice(1) }));
    cardPayload(words.cohort.transferred({ from: cohort, to, account: ACCOUNT, waiting: 3 }));
  });

  it('carry every goodbye there is, and give back the same', () => {
    const all = [true, false].flatMap((direct) => FAREWELLS.map((line) => ({ direct, line })));
    expect(all.map(goodbyeCode).toSorted()).toEqual([...GOODBYE_CODES].toSorted());
    for (const goodbye of all) {
      expect(goodbyeOf(goodbyeCode(goodbye))).toEqual(goodbye);
      cardPayload(words.cohort.discharging(cohort, ACCOUNT, goodbye));
    }
  });
});
