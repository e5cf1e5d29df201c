/**
 * Writes test/models/stored/stored-forecasts.json anew: definitions of fitted models and what they
 * forecast. Needed when DEFINITION_VERSION is raised: npx tsx scripts/write-stored-forecasts.ts
 */
import { writeFileSync } from 'node:fs';
import { createRandom } from '#core/domain/random.ts';
import { calibrate } from '#models/calibration/calibrate.ts';
import { encodeDefinition } from '#models/definition/model-definition.ts';
import { lstmFamily } from '#models/families/lstm/lstm-family.ts';
import { lstmParameters } from '#models/families/lstm/lstm-parameters.ts';
import { initialParameters } from '#models/network-training/parameter-layout.ts';
import { DEFAULT_FAMILIES } from '#models/selection/train-model.ts';

const HIDDEN = 2;
const LEVELS = [0.1, 0.5, 0.9];
const START_SECONDS = 1_767_225_600;
const random = createRandom(7);
const specs = lstmParameters({ hidden: HIDDEN, levels: LEVELS.length });
const parameters = initialParameters(specs, random);
const families = [
  ...DEFAULT_FAMILIES,
  lstmFamily('lstm', { hidden: HIDDEN, levels: LEVELS, parameters }),
];
/** A short season is forecast by seasonal ARIMA, a longer one by a regression with ARIMA errors. */
const stored = [
  { stepSeconds: 3600, context: 48, horizon: 6, levels: LEVELS, seasons: [12, 24] },
  { stepSeconds: 1200, context: 144, horizon: 6, levels: LEVELS },
].flatMap((shape) => {
  const values = Float64Array.from({ length: 600 }, (_, k) => {
    const day = Math.sin((2 * Math.PI * k * shape.stepSeconds) / 86_400);
    return Math.fround(10 + 3 * day + random());
  });
  const series = { startSeconds: START_SECONDS, stepSeconds: shape.stepSeconds, values };
  return families.flatMap((family) => {
    const fit = family.fit(series, shape);
    if (fit.kind === 'too-little-data') return [];
    const model = calibrate(fit.model, {
      bands: [{ first: 1, last: shape.horizon }],
      offsets: Float64Array.of(-1, 0, 1),
      window: { context: shape.context, steps: 12 },
      bounds: { least: 0.1, most: 10 },
    });
    const history = values.subarray(-shape.context);
    const originSeconds = START_SECONDS + values.length * shape.stepSeconds;
    return [
      {
        ...{ name: model.name, shape, originSeconds },
        definition: encodeDefinition({ definition: model.definition!, seasons: shape.seasons }),
        history: Array.from(history),
        forecast: Array.from(model.forecast(history, originSeconds)),
      },
    ];
  });
});
const path = 'test/models/stored/stored-forecasts.json';
writeFileSync(path, `${JSON.stringify(stored)}\n`);
process.stdout.write(`${stored.length} models in ${path}\n`);
