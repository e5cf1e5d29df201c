import type { DetectorMemory } from './detector-memory.ts';

/** Number of differences in the median. Single gaps and repetitions do not change it. */
const DIFFERENCES = 49;
/** Used until two different time stamps have occurred. */
const DEFAULT_STEP_SECONDS = 300;

const [LAST, STARTED, COUNT, STEP] = [0, 1, 2, 3];

/**
 * Step between the rows of a stream: the median of its first positive differences. The estimate
 * uses only the past, and is fixed after 49 differences, so its memory is bounded.
 */
export function createStepEstimate(memory: DetectorMemory): (atSeconds: number) => number {
  const differences = memory.floats(DIFFERENCES);
  const state = memory.doubles(4);
  if (state[STEP] === 0) state[STEP] = DEFAULT_STEP_SECONDS;
  return (atSeconds) => {
    const difference = state[STARTED] === 0 ? 0 : atSeconds - state[LAST];
    state[STARTED] = 1;
    state[LAST] = atSeconds;
    const count = state[COUNT];
    if (difference > 0 && count < DIFFERENCES) {
      differences[count] = difference;
      state[COUNT] = count + 1;
      state[STEP] = differences.slice(0, count + 1).sort()[(count + 1) >> 1];
    }
    return state[STEP];
  };
}
