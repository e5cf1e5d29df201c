import { expect, it } from 'vitest';
import {
  askedByEach,
  behavioursOf,
  COLUMNS,
  TRIED_QUANTILES,
  wantedBy,
  wantedByEach,
} from '#core/controller/service/behaviours.ts';
import { TRIED_MIXES } from '#core/evidence/evidence-mix.ts';

const shares = (row: readonly number[]) => Float64Array.from(row);

it('asks for the instances that pay at the end of the lead time, more at higher quantiles', () => {
  const falling = shares([1, 0.9, 0.5, 0.3, 0.1, 0.04, 0.001]);
  const asked = askedByEach(TRIED_MIXES.map(() => falling));
  expect(asked).toHaveLength(COLUMNS.length);
  const first = asked.slice(0, TRIED_QUANTILES.length);
  expect([...first].sort((a, b) => a - b)).toEqual(first);
  expect(first[TRIED_QUANTILES.indexOf(0.3)]).toBe(2);
  expect(first[TRIED_QUANTILES.indexOf(0.995)]).toBe(6);
});

it('asks by every mix for itself', () => {
  const asked = askedByEach([shares([1, 0]), shares([1, 1]), shares([0, 0])]);
  const at = (mix: number) => asked[mix * TRIED_QUANTILES.length];
  expect([at(0), at(1), at(2)]).toEqual([1, 2, 0]);
});

it('wants the largest of two or three decisions alone, and of the newest as a floor', () => {
  const rows = [9, 5, 2, 3].map((count) => COLUMNS.map(() => count));
  const wants = (isBeside: boolean) =>
    new Set(
      behavioursOf(isBeside).map((behaviour) => `${behaviour.holds}: ${wantedBy(behaviour, rows)}`),
    );
  expect(wants(false)).toEqual(new Set(['2: 3', '3: 5']));
  expect(wants(true)).toEqual(new Set(['1: 3']));
});

it('wants the same of each behaviour as of all', () => {
  const rows = [9, 5, 2, 3].map((count) => COLUMNS.map((_, column) => (count * column) % 7));
  for (const isBeside of [false, true]) {
    for (const asked of [rows, rows.slice(0, 1)]) {
      const each = behavioursOf(isBeside).map((behaviour) => wantedBy(behaviour, asked));
      expect(wantedByEach(isBeside, asked)).toEqual(each);
    }
  }
});
