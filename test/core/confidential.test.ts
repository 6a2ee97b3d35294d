/** What a person wrote is printed nowhere. */
import { format, inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { confidential, open } from '../../src/core/confidential.ts';

const SECRET = 'I am afraid of the phone';
const sealed = confidential(SECRET);

describe('what a person wrote', () => {
  it.each([
    ['text', `${sealed}`],
    ['JSON', JSON.stringify({ intention: sealed })],
    ['inspection', inspect({ deep: { intention: sealed } }, { depth: 9, showHidden: true })],
    ['a formatted line', format('%s %o %j', sealed, sealed, sealed)],
    ['its own properties', JSON.stringify({ ...sealed }) + Object.keys(sealed).join()],
  ])('does not show in %s', (_where, shown) => {
    expect(shown).not.toContain('afraid');
  });

  it('is still there for those who may open it', () => {
    expect(open(sealed)).toBe(SECRET);
  });
});
