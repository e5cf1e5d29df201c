/** Enough differences for a median that single gaps and repetitions do not move. */
const DIFFERENCES = 49;
/** Until two different times were seen. */
const DEFAULT_STEP_SECONDS = 300;

/**
 * Distance of the rows of a stream in time, seeing only the past: the median of the first positive differences. It
 * settles after 49 of them, so its memory is bounded.
 */
export function createStepEstimate(): (atSeconds: number) => number {
  const differences: number[] = [];
  let last: number | null = null;
  let step = DEFAULT_STEP_SECONDS;
  return (atSeconds) => {
    const difference = last === null ? 0 : atSeconds - last;
    last = atSeconds;
    if (difference > 0 && differences.length < DIFFERENCES) {
      differences.push(difference);
      step = [...differences].sort((a, b) => a - b)[differences.length >> 1]!;
    }
    return step;
  };
}
