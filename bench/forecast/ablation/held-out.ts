import { bandOffsets, type Evidence } from '#models/calibration/band-offsets.ts';
import { calibrate } from '#models/calibration/calibrate.ts';
import type { ForecastModel } from '#models/contract/forecast-model.ts';
import { seasonSteps } from '#models/contract/season-steps.ts';
import type { RollingForecasts } from '#models/rolling/rolling-forecasts.ts';
import type { ScoredCandidate, SingleCandidate } from '#models/selection/score-candidates.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { addForecast, emptyTally, type ForecastTally } from '../forecast-tally.ts';

/** What was left out of training, and where it is forecast from. */
export interface HeldOut {
  /** With gaps; measured from its first value on. */
  readonly series: RegularSeries;
  readonly origins: readonly number[];
}

/**
 * Forecasts of a fitted and calibrated member at every origin, each row-major [horizon × levels].
 */
export type HeldOutForecasts = ReadonlyMap<RollingForecasts, readonly Float64Array[]>;

/** The model that training makes of a member. */
function finalModel(rolled: RollingForecasts, evidence: Evidence): ForecastModel {
  const raw = rolled.lastModel.refit?.(evidence.series) ?? rolled.lastModel;
  const { offsets, bounds } = bandOffsets(rolled, evidence, evidence.actual.length);
  const { calibrationBands: bands } = evidence.plan;
  return calibrate(raw, { bands, offsets, window: evidence.window, bounds });
}

/** Every candidate's forecasts, made once: selections only choose among them. */
export function forecastHeldOut(
  singles: readonly SingleCandidate[],
  evidence: Evidence,
  { series, origins }: HeldOut,
): HeldOutForecasts {
  const { context } = evidence.shape;
  const [season = 0] = seasonSteps(evidence.shape);
  const histories = origins.map((end) =>
    fillGaps(series.values.subarray(end - context, end), season),
  );
  const forecasts = new Map<RollingForecasts, readonly Float64Array[]>();
  for (const rolled of singles.flatMap(({ members }) => members)) {
    const model = finalModel(rolled, evidence);
    const found = origins.map((end, k) =>
      model.forecast(histories[k]!, series.startSeconds + end * series.stepSeconds),
    );
    forecasts.set(rolled, found);
  }
  return forecasts;
}

/** One tally per scoring band of the horizon. */
export type BandTallies = readonly ForecastTally[];

/** How the candidates chosen for the bands did in what was left out. */
export function scoreHeldOut(
  chosen: readonly ScoredCandidate[],
  forecasts: HeldOutForecasts,
  { evidence, heldOut }: { readonly evidence: Evidence; readonly heldOut: HeldOut },
): BandTallies {
  const { levels } = evidence.shape;
  return evidence.plan.scoringBands.map(({ first, last }, band) => {
    const tally = emptyTally();
    const { members } = chosen[band]!;
    heldOut.origins.forEach((end, origin) => {
      const quantiles = new Float64Array((last - first + 1) * levels.length);
      for (const member of members) {
        const rows = forecasts.get(member)![origin]!.subarray((first - 1) * levels.length);
        for (let k = 0; k < quantiles.length; k++) quantiles[k]! += rows[k]! / members.length;
      }
      const actual = heldOut.series.values.subarray(end + first - 1, end + last);
      addForecast(tally, { quantiles, levels }, actual);
    });
    return tally;
  });
}
