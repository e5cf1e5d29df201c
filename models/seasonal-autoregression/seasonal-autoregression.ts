import type { FitResult, ForecastShape, ModelFamily, RawModel } from '#models/forecast-model.ts';
import type { GraphBuilder, GraphInputs } from '#models/onnx/graph-builder.ts';
import { seasonSteps } from '#models/season-steps.ts';
import type { RegularSeries } from '#models/series.ts';
import type { MemberLimits, MemberPlan } from './fit-member.ts';
import { fitMember } from './fit-member.ts';
import { memberForecast } from './member-forecast.ts';
import { addMember } from './member-nodes.ts';

/** Values needed before lags can be told apart. */
const MINIMUM_STEPS = 48;

/** Weights of one member at most: what keeps the file below 200 kB. A season of 288 steps and a day ahead would need 83,000. */
const MOST_WEIGHTS = 12_000;

function seasonalAutoregression(
  name: string,
  relativeCost: number,
  plans: readonly MemberPlan[],
): ModelFamily {
  const fit = (series: RegularSeries, shape: ForecastShape): FitResult => {
    const steps = series.values.length;
    if (steps < MINIMUM_STEPS) {
      const reason = `${steps} steps, at least ${MINIMUM_STEPS} are needed`;
      return { kind: 'too-little-data', reason };
    }
    const limits = limitsOf(series, shape);
    const reach = Math.max(0, ...limits.lengths);
    if (reach * shape.horizon > MOST_WEIGHTS) {
      const reason = `a season of ${reach} steps and a horizon of ${shape.horizon} make too large a model`;
      return { kind: 'too-little-data', reason };
    }
    return { kind: 'fitted', model: fitModel(series, shape) };
  };
  const fitModel = (series: RegularSeries, shape: ForecastShape): RawModel => {
    const limits = limitsOf(series, shape);
    const members = plans.map((plan) => fitMember(series, plan, limits));
    const forecasts = members.map((member) => memberForecast(member, shape));
    const points = members.map(() => new Float64Array(shape.horizon));
    const column = new Float64Array(members.length);
    return {
      name,
      shape,
      rows: shape.horizon,
      columns: 1,
      centred: true,
      forecastInto: (history, originSeconds, out) => {
        forecasts.forEach((forecast, k) => forecast(history, originSeconds, points[k]!));
        for (let step = 0; step < shape.horizon; step++) {
          for (let k = 0; k < column.length; k++) column[k] = points[k]![step]!;
          out[step] = column.sort()[column.length >> 1]!;
        }
      },
      addTo: (graph: GraphBuilder, inputs: GraphInputs) => {
        const rows = members.map((member) => {
          const row = addMember(graph, inputs, { member, shape });
          return graph.op('Unsqueeze', [row, graph.ints([2], [1])]);
        });
        const [only] = rows;
        if (rows.length === 1) return only!;
        const { values } = graph.sort(graph.op('Concat', rows, { axis: 2 }), rows.length);
        const middle = graph.ints([rows.length >> 1], [1]);
        return graph.op('Gather', [values, middle], { axis: 2 });
      },
      refit: (longer) => fitModel(longer, shape),
    };
  };
  return { name, relativeCost, fit };
}

/** Seasons seen twice and within the context; a longer one must be a multiple of the shorter. */
function limitsOf(series: RegularSeries, { context, ...shape }: ForecastShape): MemberLimits {
  const seen = seasonSteps(shape).filter(
    (length) => 2 * length <= series.values.length && length <= context,
  );
  const [short = 1, long] = seen;
  const lengths = long !== undefined && long % short === 0 ? [short, long] : seen.slice(0, 1);
  return { lengths, context };
}

const LAGS: MemberPlan = { logarithmic: true, profile: false, difference: false, cycles: [] };

/**
 * Regression on the last values, those around a day ago and those around a week ago, on logarithms where all values are
 * positive: an autoregression with two seasons (Box, Jenkins, Reinsel, Ljung: Time Series Analysis, 5th ed., chapter 9).
 */
export const seasonalAutoregressionLog = seasonalAutoregression('seasonal-autoregression', 3, [
  LAGS,
]);

/**
 * Median, step by step, of five such autoregressions that see the series differently: on logarithms or not, with a frozen
 * seasonal profile or not, on daily differences. Averages of forecasts beat their best (Makridakis, Spiliotis,
 * Assimakopoulos, International Journal of Forecasting 36, 2020); the median leaves out one that went astray. On the last
 * week of the training part of M4 hourly its OWA is 0.38, the best single one's 0.40.
 */
export const seasonalAutoregressionMedian = seasonalAutoregression(
  'seasonal-autoregression-median',
  9,
  [
    LAGS,
    { ...LAGS, logarithmic: false },
    { ...LAGS, difference: true },
    { ...LAGS, profile: true, cycles: [2, 3, 4, 5, 6, 7] },
    { ...LAGS, logarithmic: false, profile: true },
  ],
);
