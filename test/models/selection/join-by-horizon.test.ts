import { describe, expect, it } from 'vitest';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import { followModel } from '#models/rolling/follow-model.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';

const SHAPE = { stepSeconds: 300, context: 3, horizon: 6, levels: [0.1, 0.9] };
const SERIES = { startSeconds: 0, stepSeconds: 300, values: Float64Array.from([1, 2, 4, 8, 16]) };

/** Forecasts the last value times a factor and the step; notes how many steps it is asked for. */
function counted(factor: number): { readonly model: ForecastModel; readonly asked: number[] } {
  const asked: number[] = [];
  const model: ForecastModel = {
    name: `times ${factor}`,
    shape: SHAPE,
    forecast: (history, _origin, steps = SHAPE.horizon) => {
      asked.push(steps);
      return Float64Array.from({ length: steps * 2 }, (_, k) => {
        return factor * history.at(-1)! * (Math.floor(k / 2) + 1) + (k % 2);
      });
    },
    addTo: () => {
      throw new Error('no graph is asked for');
    },
  };
  return { model, asked };
}

function joined() {
  const [one, two] = [counted(1), counted(2)];
  const both = averageModels('both', [one.model, two.model]);
  const model = joinByHorizon('joined', [
    { band: { first: 1, last: 2 }, model: one.model },
    { band: { first: 3, last: 4 }, model: both },
    { band: { first: 5, last: 6 }, model: two.model },
  ]);
  return { model, one, two };
}

describe('a model joined by horizon', () => {
  it('asks a member that serves several parts once, as far as it serves', () => {
    const { model, one, two } = joined();
    const quantiles = model.forecast(SERIES.values.subarray(0, 3), 900);
    expect([...quantiles]).toEqual([4, 5, 8, 9, 18, 19, 24, 25, 40, 41, 48, 49]);
    expect([one.asked, two.asked]).toEqual([[4], [6]]);
  });

  it('asks no member of parts beyond the steps that are wanted', () => {
    const { model, one, two } = joined();
    expect([...model.forecast(SERIES.values.subarray(0, 3), 900, 2)]).toEqual([4, 5, 8, 9]);
    expect([one.asked, two.asked]).toEqual([[2], []]);
  });

  it('follows a series with each member once, for the steps that it serves', () => {
    const { model, one, two } = joined();
    const out = new Float64Array(6);
    followModel(model, SERIES, [2, 3, 6])(4, out);
    expect([...out]).toEqual([16, 17, 36, 37, 96, 97]);
    expect([one.asked, two.asked]).toEqual([[3], [6]]);
  });
});
