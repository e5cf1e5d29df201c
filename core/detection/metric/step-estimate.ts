import type { DetectorMemory } from './detector-memory.ts';

/** Enough differences for a median that single gaps and repetitions do not move. */
const DIFFERENCES = 49;
/** Until two different times were seen. */
const DEFAULT_STEP_SECONDS = 300;

const [LAST, STARTED, COUNT, STEP] = [0, 1, 2, 3];

/**
 * Distance of the rows of a stream in time, seeing only the past: the median of the first positive differences. It
 * settles after 49 of them, so its memory is bounded.
 */
export function createStepEstimate(memory: DetectorMemory): (atSeconds: number) => number {
  const differences = memory.floats(DIFFERENCES);
  const state = memory.doubles(4);
  if (state[STEP] === 0) state[STEP] = DEFAULT_STEP_SECONDS;
  return (atSeconds) => {
    const difference = state[STARTED] === 0 ? 0 : atSeconds - state[LAST]!;
    state[STARTED] = 1;
    state[LAST] = atSeconds;
    const count = state[COUNT]!;
    if (difference > 0 && count < DIFFERENCES) {
      differences[count] = difference;
      state[COUNT] = count + 1;
      state[STEP] = differences.slice(0, count + 1).sort()[(count + 1) >> 1]!;
    }
    return state[STEP]!;
  };
}
