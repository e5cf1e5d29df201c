/** Number of newest points from which a store infers the step of an application. */
export const STEP_SAMPLE = 25;

/**
 * Step of an application with only one point: the collection interval of CloudWatch and of traces.
 */
export const DEFAULT_STEP_SECONDS = 300;

/**
 * The most frequent difference between adjacent times, the smaller one on a tie. Gaps do not matter
 * as long as they are rarer than the step.
 * @param times Unix seconds, strictly increasing.
 */
export function inferStepSeconds(times: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    const difference = times[i] - times[i - 1];
    counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  let step = DEFAULT_STEP_SECONDS;
  let best = 0;
  for (const [difference, count] of counts) {
    if (count > best || (count === best && difference < step)) [step, best] = [difference, count];
  }
  return step;
}
