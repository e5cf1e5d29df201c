import { describe, expect, it } from 'vitest';
import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel, ForecastShape, ModelFamily } from '#models/contract/forecast-model.ts';
import { calibrationBands } from '#models/contract/horizon-bands.ts';
import { followedSeries, followingForecaster } from '#models/rolling/following-forecaster.ts';
import { scaleWindow } from '#models/rolling/local-scale.ts';
import { modelForecaster } from '#models/rolling/model-forecaster.ts';
import { averageModels } from '#models/selection/average-models.ts';
import { joinByHorizon } from '#models/selection/join-by-horizon.ts';
import { DEFAULT_FAMILIES } from '#models/selection/train-model.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import {
  dailySeries,
  spikySeries,
  START_SECONDS,
  STEP_SECONDS,
} from '#test/models/synthetic-series.ts';

const SHAPE: ForecastShape = {
  stepSeconds: STEP_SECONDS,
  context: 200,
  horizon: 60,
  levels: [0.01, 0.1, 0.5, 0.9, 0.99],
};
const SERIES = spikySeries(700);
const WANTED = [1, 2, 3, 13];
const DAY_STEPS = Math.round(86_400 / STEP_SECONDS);

function calibrated(family: ModelFamily): ForecastModel {
  const fit = family.fit(dailySeries(500), SHAPE);
  if (fit.kind !== 'fitted') throw new Error(`${family.name}: ${fit.reason}`);
  const bands = calibrationBands(SHAPE.horizon);
  return calibrate(fit.model, {
    bands,
    offsets: Float64Array.from({ length: bands.length * 5 }, (_, k) => (k % 5) - 2 + k / 7),
    window: scaleWindow(SHAPE.context, 24),
    bounds: { least: 0.01, most: 50 },
  });
}

/**
 * The rows of the wanted steps, of the forecast that both make at the step with the given index.
 */
async function bothAt(
  forecasters: readonly Pick<ReturnType<typeof modelForecaster>, 'forecast'>[],
  end: number,
  { wanted = WANTED, values = SERIES.values }: Partial<Asked> = {},
) {
  const history = new Float32Array(fillGaps(values.slice(end - SHAPE.context, end), DAY_STEPS));
  const origin = START_SECONDS + end * STEP_SECONDS;
  const rows = forecasters.map(async (forecaster) => {
    const quantiles = await forecaster.forecast(history, [origin], wanted);
    return wanted.map((step) => [...quantiles.subarray((step - 1) * 5, step * 5)]);
  });
  return Promise.all(rows);
}
interface Asked {
  readonly wanted: readonly number[];
  readonly values: Float64Array;
}

async function expectSame(model: ForecastModel): Promise<void> {
  const both = [followingForecaster(model, followedSeries(SERIES)), modelForecaster(model)];
  for (const end of [200, 201, 202, 260, 261, 699, 700, 300]) {
    const [following, plain] = await bothAt(both, end);
    following!.forEach((row, k) =>
      row.forEach((value, level) => expect(value).toBeCloseTo(plain![k]![level]!, 5)),
    );
  }
}

describe('a following forecaster', () => {
  const models = DEFAULT_FAMILIES.map(calibrated);

  it.each(models.map((model) => [model.name, model] as const))(
    'says what %s says of every step that is wanted, in any order of origins',
    async (_name, model) => expectSame(model),
  );

  it('says what averages and joined models say', async () => {
    await expectSame(averageModels('average', models.slice(0, 3)));
    await expectSame(
      joinByHorizon('joined', [
        { band: { first: 1, last: 3 }, model: averageModels('average', models.slice(5, 8)) },
        { band: { first: 4, last: 60 }, model: models[2]! },
      ]),
    );
  });

  it('goes by the history where that differs from the series', async () => {
    const model = models.find(({ name }) => name === 'quantile-mixture')!;
    const both = [followingForecaster(model, followedSeries(SERIES)), modelForecaster(model)];
    const values = SERIES.values.map((value) => value + 3);
    const [following, plain] = await bothAt(both, 300, { values });
    expect(following).toEqual(plain);
    const [asItWas] = await bothAt(both, 300);
    expect(following).not.toEqual(asItWas);
  });

  it('answers before the series is long enough, beyond its end and for other steps', async () => {
    const model = models[2]!;
    const short = followedSeries({ ...SERIES, values: SERIES.values.slice(0, 250) });
    const both = [followingForecaster(model, short), modelForecaster(model)];
    for (const end of [260, 240, 241]) {
      const [following, plain] = await bothAt(both, end, { wanted: [1, 60] });
      expect(following).toEqual(plain);
    }
  });
});
