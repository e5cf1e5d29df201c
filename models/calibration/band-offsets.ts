import type { ScaleBounds, ScaleWindow } from '#models/rolling/local-scale.ts';
import { boundedScale, scaleBounds } from '#models/rolling/local-scale.ts';
import type { RollingData, RolledQuantiles } from '#models/rolling/rolling-forecasts.ts';
import { rawIndex } from '#models/rolling/rolling-forecasts.ts';
import { conformalOffsets } from './conformal-offsets.ts';

/** What cross-validation and calibration know beside a family's forecasts. */
export interface Evidence extends RollingData {
  /**
   * The series' values with gaps (NaN): what was not measured is neither scored nor calibrated
   * with.
   */
  readonly actual: Float64Array;
  readonly window: ScaleWindow;
  /** The local scale at every origin. */
  readonly scales: Float64Array;
}

/**
 * Row-major [calibration bands × levels] offsets in units of the scale, and the bounds of the
 * scale.
 */
export interface BandOffsets {
  readonly offsets: Float64Array;
  readonly bounds: ScaleBounds;
}

/**
 * Number of independent residuals within one look-ahead. Without it the far band covers too little,
 * with a single one too much (docs/research/constants.md).
 */
const OVERLAP = 4;

/**
 * Number of look-aheads of residuals that weigh as much as the model's own quantiles: offsets from
 * a few look-aheads only describe this month (docs/research/constants.md).
 */
const SHRINKAGE = 16;

/** Keeps the levels of a long horizon apart where the series is hardly longer. */
const LEAST_INDEPENDENT = 8;

/**
 * Offsets per horizon band from the residuals whose actual lies before values[end]. All of them are
 * residuals of true forecasts: the models were fitted before their origin. A band without residuals
 * takes the offsets of the band before it. The fewer look-aheads were seen, the less the quantiles
 * of the model are moved (shrinkage).
 */
export function bandOffsets(rolled: RolledQuantiles, evidence: Evidence, end: number): BandOffsets {
  const { plan, shape, scales } = evidence;
  const levels = shape.levels.length;
  const bands = plan.calibrationBands.length;
  const used = plan.origins.filter((origin) => origin < end).length;
  const bounds = scaleBounds(scales.subarray(0, used));
  const offsets = new Float64Array(bands * levels);
  const most = Math.max(...plan.calibrationBands.map(({ scored }) => scored.length));
  const room = (rolled.centred ? 2 : 1) * used * most;
  const lists = Array.from({ length: rolled.columns }, () => new Float64Array(room));
  for (let band = 0; band < bands; band++) {
    const count = collectResiduals(lists, { rolled, evidence, band, used, end, bounds });
    // Forecasts made within the time they look ahead share most of their errors. Residuals of a
    // point forecast cover enough as they are (docs/research/constants.md).
    const lookAheads = (end - (plan.origins[0] ?? end)) / plan.calibrationBands[band].last;
    const independent =
      rolled.columns === 1 ? Infinity : Math.max(LEAST_INDEPENDENT, OVERLAP * lookAheads);
    if (count > 0) {
      const residuals = { lists, count, independent };
      const kept = rolled.columns === 1 ? 1 : lookAheads / (lookAheads + SHRINKAGE);
      const own = conformalOffsets(residuals, shape.levels).map((offset) => kept * offset);
      offsets.set(own, band * levels);
    } else if (band > 0) offsets.copyWithin(band * levels, (band - 1) * levels, band * levels);
  }
  return { offsets, bounds };
}

interface BandRequest {
  readonly rolled: RolledQuantiles;
  readonly evidence: Evidence;
  readonly band: number;
  /** Number of origins, from the first on. */
  readonly used: number;
  readonly end: number;
  readonly bounds: ScaleBounds;
}

/** Fills the lists with the band's residuals in units of the scale; returns how many. */
function collectResiduals(lists: readonly Float64Array[], request: BandRequest): number {
  const { rolled, evidence, band, used, end, bounds } = request;
  const { plan, actual, scales } = evidence;
  const { raw, columns } = rolled;
  let count = 0;
  for (let s = 0; s < plan.steps.length; s++) {
    if (plan.calibrationBandOf[s] !== band) continue;
    for (let o = 0; o < used; o++) {
      const at = plan.origins[o] + plan.steps[s] - 1;
      if (at >= end) break;
      const y = actual[at];
      if (Number.isNaN(y)) continue;
      const unit = 1 / boundedScale(scales[o], bounds);
      const from = rawIndex(rolled, o, s);
      for (let c = 0; c < columns; c++) lists[c][count] = (y - raw[from + c]) * unit;
      count++;
    }
  }
  return rolled.centred ? mirror(lists[0], count) : count;
}

/**
 * Adds to every residual its negative: the quantiles of the list then lie as far below zero as
 * above.
 */
function mirror(list: Float64Array, count: number): number {
  for (let k = 0; k < count; k++) list[count + k] = -list[k];
  return 2 * count;
}
