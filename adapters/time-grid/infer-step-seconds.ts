/** Points a store looks at, the newest ones, to tell the step of an application. */
export const STEP_SAMPLE = 25;

/** Step of an application of which only one point is known: the collection interval of CloudWatch and of traces. */
export const DEFAULT_STEP_SECONDS = 300;

/**
 * Most frequent difference between neighbouring times; the smaller one where two are equally frequent. Robust against
 * gaps (rarer than the step) as long as most points are there.
 * @param times Unix seconds, strictly increasing.
 */
export function inferStepSeconds(times: ArrayLike<number>): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    const difference = times[i]! - times[i - 1]!;
    counts.set(difference, (counts.get(difference) ?? 0) + 1);
  }
  let step = DEFAULT_STEP_SECONDS;
  let best = 0;
  for (const [difference, count] of counts) {
    if (count > best || (count === best && difference < step)) [step, best] = [difference, count];
  }
  return step;
}
