import { expect, it } from 'vitest';
import { amountText } from '#core/text/amount-text.ts';

it('writes amounts in the largest unit that leaves at least 1', () => {
  expect(amountText('cpu', 2.4999)).toBe('2.5 cores');
  expect(amountText('cpu', 0)).toBe('0 cores');
  expect(amountText('memory', 1.86 * 2 ** 30)).toBe('1.86 GiB');
  expect(amountText('memory', 1234.5 * 2 ** 30)).toBe('1235 GiB');
  expect(amountText('memory', 3 * 2 ** 19)).toBe('1.5 MiB');
  expect(amountText('disk', 12_345_678)).toBe('12.3 MB/s');
  expect(amountText('network', 750)).toBe('0.75 kB/s');
});
