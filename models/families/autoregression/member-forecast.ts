import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { Member } from './fit-member.ts';
import { continueSeries } from './lag-polynomial.ts';
import { fromScale, toScale } from './value-scale.ts';

/** Writes horizon points into `out`. */
export type MemberForecast = (
  history: Float64Array,
  originSeconds: number,
  out: Float64Array,
) => void;

/** The autoregression continued over the horizon, with its own scratch space. */
export function memberForecast(member: Member, shape: ForecastShape): MemberForecast {
  const { scale, profile, polynomial } = member;
  const { horizon, context, stepSeconds } = shape;
  const reach = polynomial.lags.at(-1) ?? 0;
  const values = new Float64Array(reach + horizon);
  const length = profile.length;
  return (history, originSeconds, out) => {
    const first = Math.floor(originSeconds / stepSeconds) - reach;
    // Non-negative even where the origin lies before 1970.
    let phase = ((first % length) + length) % length;
    const start = phase;
    for (let k = 0; k < reach; k++) {
      values[k] = toScale(history[context - reach + k], scale) - profile[phase];
      if (++phase === length) phase = 0;
    }
    continueSeries(polynomial, values, reach);
    for (let step = 0; step < horizon; step++) {
      const season = profile[(start + reach + step) % length];
      out[step] = fromScale(values[reach + step] + season, scale);
    }
  };
}
