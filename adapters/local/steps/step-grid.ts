/** Positions of rows on a grid whose steps start at multiples of the step. */
export interface GridPlaces {
  /** Step number of each row. A step starts at number × stepSeconds. */
  readonly steps: Float64Array;
  /**
   * Number of rows whose time is not the start of their step, and the largest distance in seconds.
   */
  readonly moved: number;
  readonly largestMove: number;
}

/**
 * Assigns each row its step. A collector that starts at an odd second has a constant phase, so the
 * phase is subtracted before rounding: jitter around it neither doubles nor skips a step.
 * @param times Unix seconds.
 */
export function placeOnGrid(times: Float64Array, stepSeconds: number): GridPlaces {
  const phase = phaseOf(times, stepSeconds);
  const steps = new Float64Array(times.length);
  let moved = 0;
  let largestMove = 0;
  for (let i = 0; i < times.length; i++) {
    steps[i] = Math.round((times[i] - phase) / stepSeconds);
    const distance = Math.abs(times[i] - steps[i] * stepSeconds);
    if (distance > 0) moved++;
    largestMove = Math.max(largestMove, distance);
  }
  return { steps, moved, largestMove };
}

/** Assigns each row the step that contains it, for rows that are averaged over their step. */
export function placeWithinSteps(times: Float64Array, stepSeconds: number): GridPlaces {
  // Rounding errors may place a time slightly before the step that it starts.
  const steps = times.map((time) => Math.floor(time / stepSeconds + 1e-9));
  return { steps, moved: 0, largestMove: 0 };
}

/**
 * Circular mean of the times within the step, between -1/4 and 3/4 of a step: times shortly before
 * a step start belong to that step, all others to the step that contains them.
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
