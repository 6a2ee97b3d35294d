/** Which addresses staff may show to a group. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOf, readAddress } from '../../src/core/link.ts';

const taken = (address: string): boolean => readAddress(address).ok;

describe('an address', () => {
  it.each([
    ['https://example.org', 'example.org'],
    ['https://www.Example.org/watch?v=a-b_c&t=10s#part', 'www.example.org'],
    ['https://a-b.example.co.uk/a/b/', 'a-b.example.co.uk'],
  ])('such as %s is taken, and leads to %s', (address, host) => {
    expect(taken(address)).toBe(true);
    expect(hostOf(address)).toBe(host);
  });

  it.each([
    'http://example.org',
    'example.org',
    'https://example',
    'https://-a.org',
    'https://127.0.0.1',
    'https://0x7f.1/',
    'https://example.org@evil.org',
    'https://example.org:443',
    'https://example.org\\@evil.org',
    'https://example.org/a\nb',
    `https://example.org/${'a'.repeat(600)}`,
  ])('such as %j is not', (address) => {
    expect(taken(address)).toBe(false);
  });

  it('that is taken has the host that is shown, as every browser reads it', () => {
    const part = fc.constantFrom(
      'https://',
      'a',
      '1',
      '.',
      '-',
      '@',
      ':',
      '/',
      '\\',
      '?',
      '#',
      'org',
      'http:',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const address = `https://${parts.join('')}`;
        if (!taken(address)) return;
        const url = new URL(address);
        expect([url.protocol, url.hostname, url.username, url.port]).toEqual([
          'https:',
          hostOf(address),
          '',
          '',
        ]);
      }),
      { numRuns: 5_000 },
    );
  });
});
