import { expect, it } from 'vitest';
import { nowOf } from '#cli/store/now-of.ts';

const NOW = Date.UTC(2026, 5, 1) / 1000;
const history = (lastSeconds: number) => ({
  applicationId: 'a',
  applicationType: null,
  stepSeconds: 300,
  firstSeconds: lastSeconds - 3000,
  lastSeconds,
  points: 11,
});

it('now is the wall clock while an application is being measured', () => {
  expect(nowOf(undefined, history(NOW - 3600), NOW)).toEqual({ seconds: NOW, remark: null });
});

it('now is the end of a history that is over, and that is said', () => {
  const end = NOW - 90 * 86_400;
  const { seconds, remark } = nowOf(undefined, history(end), NOW);
  expect(seconds).toBe(end + 300);
  expect(remark).toBe('taken as now: 2026-03-03T00:05:00.000Z, the end of its history');
});

it('"last" means the end even of a history that goes on', () => {
  expect(nowOf('last', history(NOW - 600), NOW).seconds).toBe(NOW - 300);
});

it('a time that was told is not doubted', () => {
  expect(nowOf(123, history(NOW), NOW)).toEqual({ seconds: 123, remark: null });
});

it('an application without history lives by the wall clock', () => {
  expect(nowOf('last', null, NOW)).toEqual({ seconds: NOW, remark: null });
});
