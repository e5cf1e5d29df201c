import { describe, expect, it } from 'vitest';
import type { BandScore } from '#models/selection/cross-validate.ts';
import { overallScore, scoreTable, selectedModel } from '#models/selection/score-table.ts';
import type { Candidate } from '#models/selection/select-model.ts';
import { selectCandidate, selectModel } from '#models/selection/select-model.ts';

const losses = (...values: number[]): Float64Array => Float64Array.from(values);

const band = (...values: number[]): BandScore => ({
  loss: values.reduce((sum, value) => sum + value, 0) / values.length,
  groupLosses: losses(...values),
  coverage80: 0.8,
  relativeWidth: 0.5,
  points: 10,
});

const candidate = (name: string, ...bands: (BandScore | null)[]): Candidate => ({
  family: { name, relativeCost: 1 },
  validation: { bands, origins: 4 },
});

const BANDS = [
  { first: 1, last: 3 },
  { first: 4, last: 12 },
  { first: 13, last: 48 },
];

const costs = (...relativeCosts: number[]) =>
  relativeCosts.map((relativeCost) => ({ relativeCost }));

describe('selectCandidate', () => {
  it('takes the least loss among candidates of about the same cost', () => {
    expect(selectCandidate([losses(1, 1.2), losses(0.9, 1.2)], costs(1, 2))).toBe(1);
  });

  it('prefers a much cheaper candidate within one standard error of the best', () => {
    expect(selectCandidate([losses(1, 1.2, 0.9), losses(0.9, 1.2, 0.95)], costs(1, 10))).toBe(0);
  });

  it('takes the expensive one if it is better at all origins', () => {
    expect(selectCandidate([losses(1, 2, 3), losses(0.9, 1.8, 2.85)], costs(1, 10))).toBe(1);
  });

  it('passes over what was not scored', () => {
    expect(selectCandidate([null, losses(4, 4), null], costs(1, 1, 1))).toBe(1);
    expect(selectCandidate([null], costs(1))).toBe(-1);
    expect(selectCandidate([], [])).toBe(-1);
  });
});

describe('selectModel', () => {
  const parts = [0, 0, 1];

  it('selects for the near and for the far part of the horizon', () => {
    const fast = candidate('fast', band(1, 1), band(2, 2), band(9, 9));
    const slow = candidate('slow', band(3, 3), band(2.5, 2.5), band(5, 5));
    expect(selectModel([fast, slow], parts)).toEqual([0, 0, 1]);
    expect(scoreTable([fast, slow], { selected: [0, 0, 1], bands: BANDS }).at(-1)).toMatchObject({
      model: 'fast+slow',
      loss: 8 / 3,
      selected: true,
      bandLosses: [1, 2, 5],
      composition: [
        { first: 1, last: 12, members: ['fast'] },
        { first: 13, last: 48, members: ['slow'] },
      ],
    });
  });

  it('holds a candidate to its penalty, and says so in the table', () => {
    const broken = { ...candidate('broken', band(1, 1), band(2, 2), band(3, 3)), penalty: 1.5 };
    const sound = candidate('sound', band(1.2, 1.2), band(2.2, 2.2), band(5, 5));
    // 1.5 times 1.5 is more than 1.7; 1.5 times 3 is less than 5: nothing else comes near.
    expect(selectModel([broken, sound], parts)).toEqual([1, 1, 0]);
    const [row] = scoreTable([broken, sound], { selected: [1, 1, 0], bands: BANDS });
    expect(row).toMatchObject({ model: 'broken', loss: 2, penalty: 1.5 });
  });

  it('gives a part without measured values the candidate of the other', () => {
    const only = candidate('only', band(1, 1), null, null);
    expect(selectModel([only], parts)).toEqual([0, 0, 0]);
    expect(selectModel([candidate('none', null, null, null)], parts)).toBeNull();
    expect(
      selectModel([{ family: { name: 'x', relativeCost: 1 }, validation: null }], parts),
    ).toBeNull();
  });

  it('marks the candidate itself where it serves the whole horizon', () => {
    const only = candidate('a', band(1, 3), band(2, 2), band(3, 3));
    const table = scoreTable([only], { selected: [0, 0, 0], bands: BANDS });
    expect(table).toHaveLength(1);
    expect(table[0]).toMatchObject({ model: 'a', selected: true, origins: 4 });
    expect(table[0]!.loss).toBeCloseTo(7 / 3, 12);
    expect(table[0]!.standardError).toBeCloseTo(1 / 3, 12);
  });

  it('names the families of an average', () => {
    const single = candidate('a', band(1, 1), band(2, 2), band(3, 3));
    const average = {
      ...candidate('a&b', band(1, 1), band(1, 1), band(1, 1)),
      averaged: ['a', 'b'],
    };
    const table = scoreTable([single, average], { selected: [0, 1, 1], bands: BANDS });
    expect(table.map(({ composition }) => composition)).toEqual([
      undefined,
      [{ first: 1, last: 48, members: ['a', 'b'] }],
      [
        { first: 1, last: 3, members: ['a'] },
        { first: 4, last: 48, members: ['a', 'b'] },
      ],
    ]);
  });

  it('survives JSON where a standard error is unknown', () => {
    const only = candidate('a', band(1), band(2), band(3));
    const table = scoreTable([only], { selected: [0, 0, 0], bands: BANDS });
    expect(table[0]!.standardError).toBeNull();
  });
});

describe('overallScore', () => {
  it('weighs bands alike for the loss and points alike for the coverage', () => {
    const bands = [
      { ...band(1, 1), coverage80: 1, points: 30 },
      { ...band(3, 3), coverage80: 0.5 },
    ];
    const { validation } = selectedModel([candidate('a', ...bands)], {
      selected: [0, 0],
      bands: BANDS.slice(0, 2),
    });
    expect(overallScore(validation)).toMatchObject({ loss: 2, coverage80: 35 / 40 });
  });
});
