import type { InstanceShares } from '#core/evidence/instance-shares.ts';
import { chooseInstances } from './choose-instances.ts';
import { NEW_TRACKED_GROUP, trackStep, type TrackedGroup } from './tracked-group.ts';

/** Quantiles that are tried; the position after the last is target tracking. */
export const TRIED_QUANTILES: readonly number[] = [
  0.2, 0.35, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.985, 0.995,
];
const TRACKING = TRIED_QUANTILES.length;

/** How every tried quantile and target tracking would have served of late; plain JSON. */
export interface ServiceTrial {
  /** What each wanted at the last decisions, oldest first. */
  readonly wanted: readonly (readonly number[])[];
  /** What target tracking would have asked for at them beside each as a floor, oldest first. */
  readonly asked: readonly (readonly number[])[];
  /** The group as target tracking would have it beside each as a floor; the last has none. */
  readonly groups: readonly TrackedGroup[];
  /** Use that each would have left above what it held, in instance-steps, fading. */
  readonly unserved: readonly number[];
  /** Steps in which it would have been short, fading. */
  readonly short: readonly number[];
  /** Instance-steps that each would have asked for, fading. */
  readonly alone: readonly number[];
  /** The same of target tracking beside each as a floor. */
  readonly beside: readonly number[];
  readonly steps: number;
}

const CHOICES: readonly number[] = [...TRIED_QUANTILES, 1];
const ZEROS: readonly number[] = CHOICES.map(() => 0);

export const NEW_SERVICE_TRIAL: ServiceTrial = {
  wanted: [],
  asked: [],
  groups: CHOICES.map(() => NEW_TRACKED_GROUP),
  unserved: ZEROS,
  short: ZEROS,
  alone: ZEROS,
  beside: ZEROS,
  steps: 0,
};

/** After a week a step counts half: a week has all days in it. */
const HALF_LIFE_SECONDS = 7 * 86_400;
/** A day has all hours in it; before that the middle of the tried quantiles is as good as any. */
const LEAST_SECONDS = 86_400;
const UNTRIED_QUANTILE = 0.85;
/** What a floor may add to the hours of the policy beside it. */
const BESIDE_BUDGET = 1.07;

export interface ServedStep {
  /** Instances that each quantile wanted for the step. */
  readonly wanted: readonly number[];
  /** Use in instances, not rounded. */
  readonly used: number;
  /** See `TrackedStep`. */
  readonly share: number;
  readonly usable: number;
  readonly stepSeconds: number;
  /** Decisions that have to agree until an instance serves: the steps of the lead time. */
  readonly warmUpHorizon: number;
}

/** Learns from one step how well each would have served, and at what cost. */
export function advanceServiceTrial(before: ServiceTrial, step: ServedStep): ServiceTrial {
  const { used, share, usable, stepSeconds, warmUpHorizon } = step;
  const first = Math.ceil(used / share);
  // A floor raises what tracking wants, and tracking holds on to it.
  const asked = before.groups.map(({ desired }, k) =>
    Math.max(desired ?? first, step.wanted[k] ?? 0),
  );
  const wanted = [...step.wanted, asked[TRACKING]!];
  const rows = [...before.wanted, wanted].slice(-warmUpHorizon);
  const askedRows = [...before.asked, asked].slice(-warmUpHorizon);
  const groups = asked.map((desired, k) => {
    const { lowSteps } = before.groups[k]!;
    const seen = { used, held: heldOf(askedRows, k), share, usable, stepSeconds };
    return trackStep({ desired, lowSteps }, seen);
  });
  const next = { wanted: rows, asked: askedRows, groups };
  if (rows.length < warmUpHorizon) return { ...before, ...next };
  const kept = 0.5 ** (stepSeconds / HALF_LIFE_SECONDS);
  const fade = (sums: readonly number[], of: (position: number) => number) =>
    sums.map((sum, k) => kept * sum + of(k));
  const lacking = (k: number) => Math.max(0, used - heldOf(rows, k));
  return {
    ...next,
    unserved: fade(before.unserved, lacking),
    short: fade(before.short, (k) => (lacking(k) > 0 ? 1 : 0)),
    alone: fade(before.alone, (k) => wanted[k]!),
    beside: fade(before.beside, (k) => asked[k]!),
    steps: before.steps + 1,
  };
}

/** An instance serves when every decision since it was asked for wanted it. */
function heldOf(rows: readonly (readonly number[])[], position: number): number {
  let held = Infinity;
  for (const row of rows) held = Math.min(held, row[position]!);
  return held;
}

/** A quantile, or the instances that target tracking wants. */
export type ServiceChoice = { readonly quantile: number } | { readonly instances: number };

/**
 * What serves no worse than target tracking would have of late, for the fewest instances: a
 * quantile, or what target tracking wants where none of them does.
 */
export function choiceAlone(trial: ServiceTrial, stepSeconds: number): ServiceChoice {
  const { unserved, short, alone, groups } = trial;
  if (trial.steps * stepSeconds < LEAST_SECONDS) return { quantile: UNTRIED_QUANTILE };
  let best = TRACKING;
  for (let k = 0; k < TRACKING; k++) {
    const servesAsWell = unserved[k]! <= unserved[TRACKING]! && short[k]! <= short[TRACKING]!;
    if (servesAsWell && alone[k]! < alone[best]!) best = k;
  }
  const quantile = TRIED_QUANTILES[best];
  return quantile === undefined ? { instances: groups[TRACKING]!.desired ?? 0 } : { quantile };
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
