import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import { chooseInstances } from './choose-instances.ts';
import { NEW_TRACKED_GROUP, trackStep, type TrackedGroup } from './tracked-group.ts';

/** Quantiles that are tried; the position after the last is target tracking. */
export const TRIED_QUANTILES: readonly number[] = [
  0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.985, 0.995,
];
const TRACKING = TRIED_QUANTILES.length;

/** How every tried quantile and target tracking would have served of late; plain JSON. */
export interface ServiceTrial {
  /** What each wanted at the last decisions, oldest first. */
  readonly wanted: readonly (readonly number[])[];
  /** What each would have held in the last steps, oldest first. */
  readonly held: readonly (readonly number[])[];
  /** Use that each would have left above what it held, in instance-steps, fading. */
  readonly unserved: readonly number[];
  /** Steps in which it would have been short, fading. */
  readonly short: readonly number[];
  /** Instance-steps that each would have held, fading. */
  readonly alone: readonly number[];
  /** The same as a floor beside target tracking, which holds on to what a floor raised. */
  readonly beside: readonly number[];
  /** The group as target tracking would have it. */
  readonly tracked: TrackedGroup;
  readonly steps: number;
}

const ZEROS: readonly number[] = [...TRIED_QUANTILES, TRACKING].map(() => 0);

export const NEW_SERVICE_TRIAL: ServiceTrial = {
  wanted: [],
  held: [],
  unserved: ZEROS,
  short: ZEROS,
  alone: ZEROS,
  beside: ZEROS,
  tracked: NEW_TRACKED_GROUP,
  steps: 0,
};

/** After a week a step counts half: a week has all days in it. */
const HALF_LIFE_SECONDS = 7 * 86_400;
/** A day has all hours in it; before that the middle of the tried quantiles is as good as any. */
const LEAST_SECONDS = 86_400;
const UNTRIED_QUANTILE = 0.85;
/** Target tracking scales in after fifteen minutes. */
const HOLDING_SECONDS = 900;
/** What a floor may add to the hours of the policy beside it. */
const BESIDE_BUDGET = 1.045;

export interface ServedStep {
  /** Instances that each quantile wanted for the step. */
  readonly wanted: readonly number[];
  /** Use in instances, not rounded. */
  readonly used: number;
  /** See `TrackedStep`. */
  readonly share: number;
  readonly stepSeconds: number;
  /** Decisions that have to agree until an instance serves: the steps of the lead time. */
  readonly warmUpHorizon: number;
}

/** Learns from one step how well each would have served, and at what cost. */
export function advanceServiceTrial(before: ServiceTrial, step: ServedStep): ServiceTrial {
  const { used, share, stepSeconds } = step;
  const first = Math.ceil(used / share);
  const row = [...step.wanted, before.tracked.desired ?? first];
  const wanted = [...before.wanted, row].slice(-step.warmUpHorizon);
  const served = Math.min(...wanted.map((each) => each[TRACKING]!));
  const tracked = trackStep(before.tracked, { used, held: served, share, stepSeconds });
  if (wanted.length < step.warmUpHorizon) return { ...before, wanted, tracked };
  const kept = 0.5 ** (step.stepSeconds / HALF_LIFE_SECONDS);
  // An instance serves when every decision since it was asked for wanted it.
  const now = row.map((_, k) => Math.min(...wanted.map((each) => each[k]!)));
  const holdingSteps = Math.max(1, Math.round(HOLDING_SECONDS / step.stepSeconds));
  const held = [...before.held, now].slice(-holdingSteps);
  const fade = (sums: readonly number[], of: (position: number) => number) =>
    sums.map((sum, k) => kept * sum + of(k));
  const lacking = (k: number) => Math.max(0, used - now[k]!);
  return {
    wanted,
    held,
    unserved: fade(before.unserved, lacking),
    short: fade(before.short, (k) => (lacking(k) > 0 ? 1 : 0)),
    alone: fade(before.alone, (k) => now[k]!),
    beside: fade(before.beside, (k) => Math.max(now[TRACKING]!, ...held.map((each) => each[k]!))),
    tracked,
    steps: before.steps + 1,
  };
}

/** A quantile, or the instances that target tracking wants. */
export type ServiceChoice = { readonly quantile: number } | { readonly instances: number };

/**
 * What serves no worse than target tracking would have of late, for the fewest instances: a
 * quantile, or what target tracking wants where none of them does.
 */
export function choiceAlone(trial: ServiceTrial, stepSeconds: number): ServiceChoice {
  const { unserved, short, alone, tracked } = trial;
  if (trial.steps * stepSeconds < LEAST_SECONDS) return { quantile: UNTRIED_QUANTILE };
  let best = TRACKING;
  for (let k = 0; k < TRACKING; k++) {
    const servesAsWell = unserved[k]! <= unserved[TRACKING]! && short[k]! <= short[TRACKING]!;
    if (servesAsWell && alone[k]! < alone[best]!) best = k;
  }
  const quantile = TRIED_QUANTILES[best];
  return quantile === undefined ? { instances: tracked.desired ?? 0 } : { quantile };
}

/** The largest quantile whose floor stays within a budget of hours beside a policy. */
export function choiceBeside(trial: ServiceTrial, stepSeconds: number): { quantile: number } {
  if (trial.steps * stepSeconds < LEAST_SECONDS) return { quantile: UNTRIED_QUANTILE };
  const most = BESIDE_BUDGET * trial.beside[TRACKING]!;
  const best = TRIED_QUANTILES.findLast((_, k) => trial.beside[k]! <= most);
  return { quantile: best ?? TRIED_QUANTILES[0]! };
}

/** Instances that pay at every tried quantile. */
export function triedInstances(shares: InstanceShares, current: number): readonly number[] {
  return TRIED_QUANTILES.map((quantile) => chooseInstances(shares, { quantile, current }).asked);
}
