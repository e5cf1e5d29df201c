import type { RegularSeries } from '#models/series/series.ts';
import { fitLags } from './fit-lags.ts';
import type { LagPolynomial } from './lag-polynomial.ts';
import { undoDifference } from './lag-polynomial.ts';
import { seasonProfile } from './season-profile.ts';
import type { ValueScale } from './value-scale.ts';
import { logarithmicScale, PLAIN, toScale } from './value-scale.ts';

/** How one autoregression sees a series. */
export interface MemberPlan {
  /** Works on logarithms where all values are positive. */
  readonly logarithmic: boolean;
  /**
   * Takes a frozen seasonal profile off first, with this share of the long season; null takes none
   * off.
   */
  readonly profile: number | null;
  /** Works on differences to the value one short season before. */
  readonly difference: boolean;
  /** Shares of the short season at which further lags are taken: 2 is two days ago. */
  readonly cycles: readonly number[];
  /** Looks at six last values instead of three and at more neighbours of the seasons. */
  readonly wide: boolean;
}

/** A fitted autoregression: everything a forecast needs beside the history. */
export interface Member {
  readonly scale: ValueScale;
  /** On that scale, by phase since the epoch; [0] without a profile. */
  readonly profile: Float64Array;
  readonly polynomial: LagPolynomial;
}

export interface MemberLimits {
  /** Usable seasons in steps, shortest first. */
  readonly lengths: readonly number[];
  /** No lag may reach farther back. */
  readonly context: number;
}

/**
 * The last three values and, around each season, its neighbours: x_{t−1} together with x_{t−s} and
 * x_{t−s−1}.
 */
const NARROW = { recent: [1, 2, 3], neighbours: [-1, 0, 1] };
const WIDE = { recent: [1, 2, 3, 4, 5, 6], neighbours: [-2, -1, 0, 1, 2] };

export function fitMember(series: RegularSeries, plan: MemberPlan, limits: MemberLimits): Member {
  const { values } = series;
  const scale = (plan.logarithmic ? logarithmicScale(values) : null) ?? PLAIN;
  const [short = 0] = limits.lengths;
  const firstStep = Math.floor(series.startSeconds / series.stepSeconds);
  const scaled = values.map((value) => toScale(value, scale));
  const profile =
    plan.profile !== null && limits.lengths.length > 0
      ? seasonProfile({ values: scaled, firstStep, lengths: limits.lengths }, plan.profile)
      : new Float64Array(1);
  const rest = scaled.map((value, t) => value - profile[(firstStep + t) % profile.length]);
  if (!plan.difference || short === 0) {
    const lags = lagsOf(plan, limits, { most: limits.context, count: rest.length });
    return { scale, profile, polynomial: fitLags(rest, lags) };
  }
  const differences = rest.slice(short).map((value, t) => value - rest[t]);
  const lags = lagsOf(plan, limits, { most: limits.context - short, count: differences.length });
  return { scale, profile, polynomial: undoDifference(fitLags(differences, lags), short) };
}

interface LagBounds {
  readonly most: number;
  /** Number of values to fit to: twice the longest lag, so that a season is seen twice. */
  readonly count: number;
}

function lagsOf(plan: MemberPlan, limits: MemberLimits, bounds: LagBounds): number[] {
  const [short = 0] = limits.lengths;
  const { recent, neighbours } = plan.wide ? WIDE : NARROW;
  const seasonal = limits.lengths.flatMap((length) => neighbours.map((shift) => length + shift));
  const wanted = [...recent, ...seasonal, ...plan.cycles.map((cycle) => cycle * short)];
  const most = Math.min(bounds.most, bounds.count >> 1);
  return [...new Set(wanted)].filter((lag) => lag >= 1 && lag <= most).sort((a, b) => a - b);
}
