import { describe, expect, it } from 'vitest';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { combinations } from '#models/selection/combinations.ts';
import type { Candidate } from '#models/selection/select-model.ts';

const candidate = (name: string, ...losses: (number | null)[]): Candidate => ({
  family: { name, relativeCost: 1 },
  validation: {
    bands: losses.map((loss) =>
      loss === null
        ? null
        : {
            loss,
            groupLosses: Float64Array.of(loss),
            coverage80: 0.8,
            relativeWidth: 1,
            points: 9,
          },
    ),
    origins: 4,
  },
});

describe('combinations', () => {
  it('averages the best two and three of every part of the horizon, each set once', () => {
    const all = [
      candidate('a', 1, 9),
      candidate('b', 2, 8),
      candidate('c', 3, 1),
      candidate('d', 4, 2),
    ];
    expect(combinations(all, [0, 1])).toEqual([
      [0, 1],
      [0, 1, 2],
      [2, 3],
      [1, 2, 3],
    ]);
    expect(combinations(all.slice(0, 2), [0, 1])).toEqual([[0, 1]]);
  });

  it('leaves out what was not scored', () => {
    const unscored: Candidate = {
      family: { name: 'x', relativeCost: 1 },
      validation: null,
      reason: 'too short',
    };
    expect(combinations([unscored, candidate('a', 1), candidate('b', null)], [0])).toEqual([]);
  });
});

describe('averageModels', () => {
  const shape = { stepSeconds: 300, context: 2, horizon: 1, levels: [0.1, 0.9] };
  const constant = (...values: number[]): ForecastModel => ({
    name: 'constant',
    shape,
    forecast: () => Float64Array.from(values),
    addTo: () => {
      throw new Error('not wanted here');
    },
  });

  it('takes the mean level by level', () => {
    const model = averageModels('a&b', [constant(1, 3), constant(2, 8)]);
    expect(Array.from(model.forecast(new Float64Array(2), 0))).toEqual([1.5, 5.5]);
    expect(model.name).toBe('a&b');
  });

  it('refuses to average nothing', () => {
    expect(() => averageModels('none', [])).toThrow('no model to average');
  });
});
