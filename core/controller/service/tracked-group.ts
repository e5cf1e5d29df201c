import type { Settings } from '#core/domain/settings/settings.ts';

/** A group that target tracking would steer; plain JSON. In instances of what may be used. */
export interface TrackedGroup {
  /** What it wants; null before the first step. */
  readonly desired: number | null;
  /** For how many steps in a row its use has been low. */
  readonly lowSteps: number;
  /** What the last steps needed, oldest first. */
  readonly needs: readonly number[];
}

export const NEW_TRACKED_GROUP: TrackedGroup = { desired: null, lowSteps: 0, needs: [] };

/**
 * How target tracking acts: on every measured point, as its most favourable rule does, or by the
 * alarms of CloudWatch, as AWS does.
 */
export type TrackingRule = 'points' | 'alarms';

/** The rule of the target tracking that service is held to. */
export function trackingRule({ service }: Settings['allocation']): TrackingRule {
  return service === 'alarms' ? 'alarms' : 'points';
}

/** Points whose largest need counts. */
const POINTS = 3;
/** Scale-in by alarms needs fifteen minutes below nine tenths of the target. */
const LOW_SECONDS = 900;
const LOW_SHARE = 0.9;

export interface TrackedStep {
  /** Use in instances, not rounded. */
  readonly used: number;
  /** Instances that served in the step. */
  readonly held: number;
  /** Share of what may be used that tracking lets be used, see `reactiveShare`. */
  readonly share: number;
  /** Share of an instance's capacity that may be used. */
  readonly usable: number;
  /**
   * Whether CPU ends at the capacity in service: tracking then sees no more, and use near it may be
   * an estimate, see `demandBehind`.
   */
  readonly endsAtCapacity: boolean;
  readonly stepSeconds: number;
  readonly rule: TrackingRule;
}

/** What target tracking wants after a step. */
export function trackStep(before: TrackedGroup, step: TrackedStep): TrackedGroup {
  const most = step.endsAtCapacity ? step.held / step.usable : Infinity;
  const seen = Math.min(step.used, most);
  const needed = Math.max(1, Math.ceil(seen / step.share - 1e-6));
  return step.rule === 'points'
    ? trackPoints(before, needed)
    : trackAlarms(before, { seen, needed, ...step });
}

/** The largest need of the last three points holds. */
function trackPoints({ needs: earlier, lowSteps }: TrackedGroup, needed: number): TrackedGroup {
  const needs = [...earlier, needed].slice(-POINTS);
  return { desired: Math.max(...needs), lowSteps, needs };
}

/**
 * As soon as use is above the target, what holds it; after fifteen minutes below nine tenths of the
 * target, and with nothing starting, what holds the newest use. Between the two it leaves the group
 * as it is.
 */
function trackAlarms(
  before: TrackedGroup,
  step: TrackedStep & { readonly seen: number; readonly needed: number },
): TrackedGroup {
  const { seen, needed, held, share, stepSeconds } = step;
  const { needs } = before;
  const desired = before.desired ?? needed;
  if (seen > share * held) return { desired: Math.max(desired, needed), lowSteps: 0, needs };
  if (seen >= LOW_SHARE * share * held) return { desired, lowSteps: 0, needs };
  const lowSteps = before.lowSteps + 1;
  const isLow = lowSteps * stepSeconds >= LOW_SECONDS && desired <= held;
  return { desired: isLow ? Math.min(desired, needed) : desired, lowSteps, needs };
}
