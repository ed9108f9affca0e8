import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { failureReason, normalizeDomain, verificationRecord } from './domain-name.js';

describe('a domain name', () => {
  it.each([
    ['acme.com', 'acme.com'],
    ['Shop.ACME.com', 'shop.acme.com'],
    ['acme.com.', 'acme.com'],
    ['bücher.de', 'xn--bcher-kva.de'],
    ['日本.jp', 'xn--wgv71a.jp'],
    ['acme.рф', 'acme.xn--p1ai'],
    ['ａcme.com', 'acme.com'],
    ['a-b.c--d.example.com', 'a-b.c--d.example.com'],
    ['1.2.3.com', '1.2.3.com'],
  ])('%j is kept as %j', (text, kept) => expect(normalizeDomain(text)).toBe(kept));

  it.each([
    '',
    '.',
    'com',
    'localhost',
    'printer.local',
    'db.internal',
    'a.test',
    'a.example',
    '1.0.0.127.in-addr.arpa',
    '127.0.0.1',
    '0x7f.1',
    '2130706433.1',
    '[::1]',
    'a..com',
    '.acme.com',
    'acme.com..',
    '-a.com',
    'a-.com',
    'a_b.com',
    '*.acme.com',
    ' acme.com',
    'acme.com\n',
    'ac\tme.com',
    'ac%6de.com',
    'https://acme.com',
    'acme.com/path',
    'acme.com:443',
    'user@acme.com',
    'acme.com?x',
    'acme.com#x',
    'acme.c',
    'acme.123',
    'acme.\0com',
    `${'a'.repeat(64)}.com`,
    `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(58)}.com`,
  ])('is not %j', (text) => expect(normalizeDomain(text)).toBeUndefined());

  it('may be as long as its record can be named', () => {
    const longest = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(56)}.com`;
    expect(normalizeDomain(longest)).toBe(longest);
    expect(verificationRecord(longest, 't').name).toHaveLength(253);
    expect(normalizeDomain(`a${longest}`)).toBeUndefined();
  });

  it('is kept in one form: what was normalized stays as it is, and fits the table', () => {
    const anyText = fc.oneof(fc.domain(), fc.webAuthority(), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(anyText, (text) => {
        const kept = normalizeDomain(text);
        if (kept === undefined) return;
        expect(normalizeDomain(kept)).toBe(kept);
        expect(normalizeDomain(kept.toUpperCase())).toBe(kept);
        expect(kept).toMatch(/^[a-z0-9.-]{4,243}$/);
      }),
    );
  });
});

describe('the verification', () => {
  const record = verificationRecord('acme.com', 'abc');

  it('asks for a record of its own', () => {
    expect(record).toEqual({ type: 'TXT', name: '_rowhouse.acme.com', value: 'rowhouse-verification=abc' });
  });

  it.each([
    [['rowhouse-verification=abc'], undefined],
    [['v=spf1 -all', 'rowhouse-verification=abc'], undefined],
    [[], 'record_not_found'],
    [['rowhouse-verification=abcd'], 'value_not_found'],
    [['rowhouse-verification=ABC'], 'value_not_found'],
    [['"rowhouse-verification=abc"'], 'value_not_found'],
    [['abc'], 'value_not_found'],
  ])('finds in %j: %s', (found, reason) => expect(failureReason(found, record)).toBe(reason));
});
