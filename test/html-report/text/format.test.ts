import { expect, it } from 'vitest';
import { nestedIntervals } from '#html-report/payload/nested-intervals.ts';
import {
  formatAmount,
  formatChange,
  formatCount,
  formatDifference,
  formatDuration,
  formatMoney,
  formatName,
  formatNameWithin,
  formatShare,
  formatTime,
  formatWhole,
} from '#html-report/text/format.ts';

it('shows amounts in cores, GiB and MB/s, smaller ones in smaller units', () => {
  expect(formatAmount('cpu', 0.254)).toBe('0.254 cores');
  expect(formatAmount('memory', 3.75 * 2 ** 30)).toBe('3.75 GiB');
  expect(formatAmount('memory', 512 * 2 ** 20)).toBe('512 MiB');
  expect(formatAmount('disk', 12.1e6)).toBe('12.1 MB/s');
  expect(formatAmount('network', 300)).toBe('0.3 kB/s');
  expect(formatAmount('network', null)).toBe('–');
});

it('shows shares and differences as percent, and a dash where there is none', () => {
  expect(formatShare(0.0123)).toBe('1.23%');
  expect(formatShare(0.000566)).toBe('0.057%');
  expect(formatShare(NaN)).toBe('–');
  expect(formatDifference(-0.2134)).toBe('−21.3%');
  expect(formatDifference(0.05)).toBe('+5.0%');
  expect(formatDifference(0)).toBe('0.0%');
  expect(formatDifference(null)).toBe('–');
});

it('shows differences above 200% as multiples, and changes with their sign', () => {
  expect(formatDifference(2)).toBe('+200.0%');
  expect(formatDifference(6.759)).toBe('7.76×');
  expect(formatChange(-592.3, formatWhole)).toBe('−592');
  expect(formatChange(12, formatWhole)).toBe('+12');
  expect(formatChange(-0.2, formatWhole)).toBe('0');
  expect(formatChange(null, formatWhole)).toBe('–');
  expect(formatMoney(1234.4, 'USD')).toBe('$1,234');
  expect(formatMoney(0.25, 'EUR')).toBe('€0.25');
});

it('shows times in UTC and durations in their largest unit', () => {
  expect(formatTime(Date.UTC(2013, 7, 14, 10, 5) / 1000)).toBe('2013-08-14 10:05');
  expect(formatDuration(300)).toBe('5 min');
  expect(formatDuration(6.5 * 3600)).toBe('6.5 h');
  expect(formatDuration(30 * 86400)).toBe('30 days');
});

it('formats names of policies', () => {
  expect(formatName('target-tracking-70')).toBe('Target tracking 70%');
  expect(formatNameWithin('target-tracking-70')).toBe('target tracking 70%');
  expect(formatNameWithin('foreprint')).toBe('Foreprint');
  expect(formatNameWithin('vpa')).toBe('VPA recommender');
  expect(formatNameWithin('target-tracking-1-minute')).toBe('target tracking, 1 minute');
});

it('counts in the singular and the plural', () => {
  expect([0, 1, 3].map((count) => formatCount(count, 'incident'))).toEqual([
    '0 incidents',
    '1 incident',
    '3 incidents',
  ]);
  expect(formatCount(1200, 'series')).toBe('1,200 series');
});

it('finds at most three central intervals, widest first', () => {
  const levels = [0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.975, 0.99];
  expect(nestedIntervals(levels)).toEqual([
    { lower: 0, upper: 10, coverage: 0.98 },
    { lower: 3, upper: 7, coverage: 0.8 },
    { lower: 4, upper: 6, coverage: 0.4 },
  ]);
  expect(nestedIntervals([0.5])).toEqual([]);
  expect(nestedIntervals([0.1, 0.5, 0.9])).toHaveLength(1);
});
