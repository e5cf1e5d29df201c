/** A group that target tracking would steer; plain JSON. In instances of what may be used. */
export interface TrackedGroup {
  /** What it wants; null before the first step. */
  readonly desired: number | null;
  /** For how many steps in a row its use has been low. */
  readonly lowSteps: number;
}

export const NEW_TRACKED_GROUP: TrackedGroup = { desired: null, lowSteps: 0 };

/** Scale-in needs fifteen minutes below nine tenths of the target. */
const LOW_SECONDS = 900;
const LOW_SHARE = 0.9;

export interface TrackedStep {
  /** Use in instances, not rounded. */
  readonly used: number;
  /** Instances that served in the step. */
  readonly held: number;
  /** Share of what may be used that tracking lets be used, see `reactiveShare`. */
  readonly share: number;
  /** Share of an instance's capacity that may be used: its use ends where all of it is used. */
  readonly usable: number;
  readonly stepSeconds: number;
}

/**
 * What target tracking wants after a step: as soon as use is above the target, what holds it; after
 * fifteen minutes below nine tenths of the target, and with nothing starting, what holds the newest
 * use. Between the two it leaves the group as it is.
 */
export function trackStep(before: TrackedGroup, step: TrackedStep): TrackedGroup {
  const { held, share, stepSeconds } = step;
  const used = Math.min(step.used, held / step.usable);
  const needed = Math.max(1, Math.ceil(used / share - 1e-6));
  const desired = before.desired ?? needed;
  if (used > share * held) return { desired: Math.max(desired, needed), lowSteps: 0 };
  if (used >= LOW_SHARE * share * held) return { desired, lowSteps: 0 };
  const lowSteps = before.lowSteps + 1;
  const isLow = lowSteps * stepSeconds >= LOW_SECONDS && desired <= held;
  return { desired: isLow ? Math.min(desired, needed) : desired, lowSteps };
}
