/** Where rows lie on a grid whose steps start at multiples of the step. */
export interface GridPlaces {
  /** Number of the step of each row; it starts at step · stepSeconds. */
  readonly steps: Float64Array;
  /** Rows whose time is not the start of their step, and the largest such distance in seconds. */
  readonly moved: number;
  readonly largestMove: number;
}

/**
 * Gives each row its step. Collectors that start at some odd second keep their phase, so the phase
 * is taken off first and the rest rounded: jitter around it neither doubles a step nor leaves one
 * out.
 * @param times Unix seconds.
 */
export function placeOnGrid(times: Float64Array, stepSeconds: number): GridPlaces {
  const phase = phaseOf(times, stepSeconds);
  const steps = new Float64Array(times.length);
  let moved = 0;
  let largestMove = 0;
  for (let i = 0; i < times.length; i++) {
    steps[i] = Math.round((times[i]! - phase) / stepSeconds);
    const distance = Math.abs(times[i]! - steps[i]! * stepSeconds);
    if (distance > 0) moved++;
    largestMove = Math.max(largestMove, distance);
  }
  return { steps, moved, largestMove };
}

/** Gives each row the step in which it lies, for rows that are averaged over their step. */
export function placeWithinSteps(times: Float64Array, stepSeconds: number): GridPlaces {
  // A time that was divided and multiplied may lie a little before the step that it begins.
  const steps = times.map((time) => Math.floor(time / stepSeconds + 1e-9));
  return { steps, moved: 0, largestMove: 0 };
}

/**
 * Circular mean of the times within the step, between -1/4 and 3/4 of a step: what comes a little
 * before the full step belongs to that step, anything else to the step in which it lies.
 */
function phaseOf(times: Float64Array, stepSeconds: number): number {
  let [sine, cosine, offGrid] = [0, 0, 0];
  for (const time of times) {
    const rest = time % stepSeconds;
    if (rest !== 0) offGrid++;
    sine += Math.sin((rest / stepSeconds) * 2 * Math.PI);
    cosine += Math.cos((rest / stepSeconds) * 2 * Math.PI);
  }
  if (offGrid === 0) return 0;
  const phase = (Math.atan2(sine, cosine) / (2 * Math.PI)) * stepSeconds;
  return phase < -stepSeconds / 4 ? phase + stepSeconds : phase;
}
