import type { ForecastModel, RawModel, RollingForecast } from '#models/contract/forecast-model.ts';
import type { HorizonRange } from '#models/contract/horizon-range.ts';
import type { GraphBuilder, GraphInputs, Tensor } from '#models/graph/graph-builder.ts';
import { addRawRows } from '#models/onnx/raw-rows.ts';
import type { ScaleBounds, ScaleWindow } from '#models/rolling/local-scale.ts';
import { addLocalScale, boundedScale, localScale } from '#models/rolling/local-scale.ts';
import { rollRaw } from '#models/rolling/roll-raw.ts';
import type { RegularSeries } from '#models/series/series.ts';

/** What calibration adds to a model. */
export interface Calibration {
  readonly bands: readonly HorizonRange[];
  /** Row-major [bands × levels], in units of the scale. */
  readonly offsets: Float64Array;
  readonly window: ScaleWindow;
  readonly bounds: ScaleBounds;
}

/**
 * A model whose quantile at every level is the raw one plus the calibration's offset times the
 * local scale, never negative and never crossing (sorted over the levels: Chernozhukov,
 * Fernández-Val, Galichon, Econometrica 78, 2010).
 * @throws RangeError if the offsets do not match bands and levels.
 */
export function calibrate(raw: RawModel, calibration: Calibration): ForecastModel {
  const { shape } = raw;
  const { bands, offsets, window, bounds } = calibration;
  const levels = shape.levels.length;
  if (offsets.length !== bands.length * levels) {
    throw new RangeError(`${offsets.length} offsets for ${bands.length} bands of ${levels} levels`);
  }
  const forecastRaw = rawForecast(raw);
  return {
    name: raw.name,
    shape,
    definition: raw.definition && [
      { first: 1, last: shape.horizon, members: [{ raw: raw.definition, calibration }] },
    ],
    forecast: (history, originSeconds, steps = shape.horizon) => {
      const point = forecastRaw(history, originSeconds, steps);
      const scale = boundedScale(localScale(history, history.length, window), bounds);
      const quantiles = new Float64Array(steps * levels);
      bands.forEach(({ first, last }, band) => {
        for (let step = first - 1; step < Math.min(last, steps); step++) {
          const from = raw.rows === 1 ? 0 : step * raw.columns;
          const to = step * levels;
          const { columns } = raw;
          spreadRow(quantiles, { to, levels, raw: point, from, columns, offsets, band, scale });
        }
      });
      return quantiles;
    },
    follow: (series, steps) => rollCalibrated({ raw, calibration }, series, steps),
    addTo: (graph, inputs, range) => addNodes(graph, inputs, { raw, calibration, range }),
  };
}

function rollCalibrated(
  { raw, calibration }: Calibrated,
  series: RegularSeries,
  steps: readonly number[],
): RollingForecast {
  const { bands, offsets, window, bounds } = calibration;
  const { columns } = raw;
  const levels = raw.shape.levels.length;
  const forecast = rollRaw(raw, series, steps);
  const point = new Float64Array((raw.rows === 1 ? 1 : steps.length) * columns);
  const bandOf = steps.map((step) => bands.findIndex(({ last }) => step <= last));
  return (end, out) => {
    forecast(end, point);
    const scale = boundedScale(localScale(series.values, end, window), bounds);
    for (let s = 0; s < steps.length; s++) {
      const from = raw.rows === 1 ? 0 : s * columns;
      const to = s * levels;
      const band = bandOf[s];
      spreadRow(out, { to, levels, raw: point, from, columns, offsets, band, scale });
    }
  };
}

/** Raw forecasts of at least the first `steps` steps: few of them may cost less than all. */
function rawForecast(raw: RawModel) {
  const out = new Float64Array(raw.rows * raw.columns);
  const heads = new Map<number, RawModel['forecastInto']>();
  const headOf = (steps: number): RawModel['forecastInto'] => {
    const head = heads.get(steps) ?? raw.head?.(steps) ?? raw.forecastInto;
    heads.set(steps, head);
    return head;
  };
  return (history: Float64Array, originSeconds: number, steps: number): Float64Array => {
    const forecastInto = steps < raw.rows ? headOf(steps) : raw.forecastInto;
    forecastInto(history, originSeconds, out);
    return out;
  };
}

export interface RowSpread {
  /** Where the step's quantiles start, and how many they are. */
  readonly to: number;
  readonly levels: number;
  readonly raw: Float64Array;
  /** Where the step's raw values start; one (`columns` 1) or one per level. */
  readonly from: number;
  readonly columns: number;
  readonly offsets: Float64Array;
  readonly band: number;
  readonly scale: number;
}

/** Writes the calibrated quantiles of one step. */
export function spreadRow(out: Float64Array, spread: RowSpread): void {
  const { to, levels, raw, from, columns, offsets, band, scale } = spread;
  let sorted = true;
  for (let level = 0; level < levels; level++) {
    const value = raw[from + (columns === 1 ? 0 : level)] + scale * offsets[band * levels + level];
    out[to + level] = value > 0 ? value : 0;
    if (level > 0 && out[to + level] < out[to + level - 1]) sorted = false;
  }
  if (!sorted) out.subarray(to, to + levels).sort();
}

interface Calibrated {
  readonly raw: RawModel;
  readonly calibration: Calibration;
}

function addNodes(
  graph: GraphBuilder,
  inputs: GraphInputs,
  parts: Calibrated & { readonly range: HorizonRange },
): Tensor {
  const { raw, calibration, range } = parts;
  const { levels } = raw.shape;
  const { bands, offsets, window, bounds } = calibration;
  const raws = addRawRows(graph, inputs, { raw, range });
  const local = addLocalScale(graph, inputs.history, { window, bounds });
  const scale = graph.op('Unsqueeze', [local, graph.ints([2], [1])]);
  const bandOfStep = bands
    .flatMap(({ first, last }, band) => Array.from({ length: last - first + 1 }, () => band))
    .slice(range.first - 1, range.last);
  const perStep = raw.rows > 1;
  const steps = graph.ints(bandOfStep, [bandOfStep.length]);
  const table = graph.floats(offsets, [1, bands.length, levels.length]);
  // One row of offsets per band in the file, one per step in the graph.
  const rows = perStep ? graph.op('Gather', [table, steps], { axis: 1 }) : table;
  const moved = graph.op('Mul', [scale, rows]);
  const quantiles = graph.op('Relu', [graph.op('Add', [raws, moved])]);
  // Offsets of a point forecast grow with the level: there is nothing to sort.
  const ordered =
    raw.columns === 1 && isSorted(offsets, levels.length)
      ? quantiles
      : graph.sort(quantiles, levels.length).values;
  return perStep ? ordered : graph.op('Gather', [ordered, steps], { axis: 1 });
}

const isSorted = (offsets: Float64Array, levels: number): boolean =>
  offsets.every((offset, k) => k % levels === 0 || offset >= offsets[k - 1]);
