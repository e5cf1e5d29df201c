import { advanceGuard, keepsPromise, newGuard, type GuardedTrial } from './no-regression-guard.ts';
import { REACTIVE_TARGET, reactiveShare } from './reactive-headroom.ts';

/**
 * Room above the largest recent use that is tried: none at all, nothing to spare, … up to what
 * target tracking keeps.
 */
export const HEADROOM_FACTORS = [
  0,
  1,
  1.1,
  1.15,
  1.2,
  1.25,
  1.3,
  1.35,
  1 / REACTIVE_TARGET,
] as const;

/** A tried headroom, no larger than target tracking's where only a share may be used. */
export function headroomFactor(position: number, targetUtilization: number): number {
  return Math.min(HEADROOM_FACTORS[position] ?? 0, 1 / reactiveShare(targetUtilization, null));
}

/** How every headroom would have done of late, and the one that is in force; plain JSON. */
export interface HeadroomTrial {
  /** What each would have cost, in idle instance-steps, fading. */
  readonly costs: readonly number[];
  /** For how many steps in a row each would have been short by now. */
  readonly shortSteps: readonly number[];
  /** What each wanted at the last decisions, oldest first. */
  readonly wanted: readonly (readonly number[])[];
  readonly guard: GuardedTrial;
  readonly steps: number;
  /** Position in `HEADROOM_FACTORS`. */
  readonly chosen: number;
}

export const NEW_HEADROOM_TRIAL: HeadroomTrial = {
  costs: HEADROOM_FACTORS.map(() => 0),
  shortSteps: HEADROOM_FACTORS.map(() => 0),
  wanted: [],
  guard: newGuard(HEADROOM_FACTORS.length),
  steps: 0,
  chosen: 0,
};

/** After a day a step counts half: a day has all hours in it. */
const HALF_LIFE_SECONDS = 86_400;
/**
 * A shortage counts no more than after an hour of it, so that what was missed for a day is
 * forgiven.
 */
const GRAVEST_SECONDS = 3600;
/** An hour of steps before anything but no headroom is chosen. */
const LEAST_SECONDS = 3600;

export interface TriedStep {
  /**
   * Instances that each headroom would have had the decision of the step want, the forecast's own
   * included.
   */
  readonly wanted: readonly number[];
  /** Use in instances, not rounded. */
  readonly used: number;
  readonly shortageCost: number;
  readonly idleCost: number;
  readonly stepSeconds: number;
  /** Decisions that have to agree until an instance serves: the steps of the lead time. */
  readonly warmUpHorizon: number;
  /** Short steps in a row that make a shortage a lasting one, see `lastingStepsAt`. */
  readonly lastingSteps: number;
}

/**
 * Learns from one step which headroom above recent use pays for this application, beside its
 * forecast: the one that would have cost least (follow the leader, on losses that fade:
 * Cesa-Bianchi, Lugosi, Prediction, Learning, and Games, 2006, ch. 4). Costs are those that the
 * allocation minimises, but the n-th step of a shortage counts n times: who was short for long is
 * worse off than who was short often. A forecast that is right about bursts keeps no headroom; one
 * that lags behind a change, or knows nothing of a day, gets as much as it lacks. Rooms that would
 * have been short where target tracking never is do not come into question, see `keepsPromise`.
 */
export function advanceHeadroom(before: HeadroomTrial, step: TriedStep): HeadroomTrial {
  // A state of a version that tried other headroomFactors says nothing about these.
  const trial = before.costs.length === HEADROOM_FACTORS.length ? before : NEW_HEADROOM_TRIAL;
  const wanted = [...trial.wanted, step.wanted].slice(-step.warmUpHorizon);
  if (wanted.length < step.warmUpHorizon) return { ...trial, wanted };
  const kept = 0.5 ** (step.stepSeconds / HALF_LIFE_SECONDS);
  const worth = step.shortageCost / step.idleCost;
  const gravest = Math.max(1, GRAVEST_SECONDS / step.stepSeconds);
  const costs: number[] = [];
  const shortSteps: number[] = [];
  for (let k = 0; k < HEADROOM_FACTORS.length; k++) {
    // Instances serve when every decision since they were asked for wanted them.
    let held = Infinity;
    for (const row of wanted) if (row[k]! < held) held = row[k]!;
    const lacking = Math.max(0, step.used - held);
    const short = lacking > 0 ? trial.shortSteps[k]! + 1 : 0;
    shortSteps.push(short);
    costs.push(
      kept * trial.costs[k]! +
        worth * Math.min(short, gravest) * lacking +
        Math.max(0, held - step.used),
    );
  }
  const guard = advanceGuard(trial.guard, shortSteps, step);
  const steps = trial.steps + 1;
  const seconds = steps * step.stepSeconds;
  return {
    costs,
    shortSteps,
    wanted,
    guard,
    steps,
    chosen: seconds >= LEAST_SECONDS ? cheapest(costs, guard, seconds) : 0,
  };
}

/** Position of the cheapest headroom that keeps the guard; of equals the smallest. */
function cheapest(costs: readonly number[], guard: GuardedTrial, seconds: number): number {
  let best = costs.length - 1;
  for (let k = best - 1; k >= 0; k--) {
    if (costs[k]! <= costs[best]! && keepsPromise(guard, k, seconds)) best = k;
  }
  return best;
}
