import { expect, it } from 'vitest';
import { printable } from '#cli/output/printable.ts';

it('shows escape sequences in names, and keeps lines, tabs and other writing', () => {
  expect(printable('\u001b[2Jshop\u0007\u009b31m')).toBe('\\x1b[2Jshop\\x07\\x9b31m');
  expect(printable('a\r\nb\tc – 東京 é')).toBe('a\\x0d\nb\tc – 東京 é');
});
