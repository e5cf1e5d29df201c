import { hourlyMeans, loadOf, REFRESH_HOURS } from '#evaluation/baselines/predictive-scaling.ts';
import type { AccountGroup } from './group-contract.ts';
import type { MetricLog } from './metric-log.ts';
import type { GroupPolicy } from './tracking-policy.ts';

export interface PredictiveRules {
  /** Target utilization, 0 to 1. */
  readonly target: number;
  /** Seconds before an hour at which its capacity is launched. */
  readonly bufferSeconds: number;
}

const HOUR = 3600;
const STEP = 300;
const EPSILON = 1e-9;

/**
 * AWS-like predictive scaling in forecast-and-scale mode: the capacity of each hour becomes a
 * minimum beside the group's own, a buffer before the hour begins, and ends at the group's maximum
 * [doc]. The forecast is that of the baseline in `evaluation/baselines/predictive-scaling.ts`: the
 * provider's model is not published [a].
 * @param metrics CPU of the group; loads are read when their five minutes are over.
 */
export function createPredictivePolicy(
  group: AccountGroup,
  metrics: MetricLog,
  { target, bufferSeconds }: PredictiveRules,
): GroupPolicy {
  let startSeconds: number | null = null;
  let readTo = 0;
  const loads: number[] = [];
  let forecast: { readonly madeAt: number; readonly means: ReadonlyMap<number, number> } | null =
    null;

  function readLoads(nowSeconds: number): void {
    const toSeconds = Math.floor((nowSeconds - STEP) / STEP) * STEP;
    const periods = metrics.read({
      fromSeconds: readTo,
      toSeconds,
      periodSeconds: STEP,
      nowSeconds,
    });
    const { units, instances } = group.serving;
    const weight = instances === 0 ? 1 : units / instances;
    for (const { startSeconds: at, utilization, instances: counted, samples } of periods) {
      startSeconds ??= at;
      while (loads.length < (at - startSeconds) / STEP) loads.push(NaN);
      loads.push(utilization * (counted ?? samples) * weight);
      readTo = at + STEP;
    }
  }

  return {
    act(nowSeconds) {
      if (startSeconds === null) readTo = Math.max(readTo, nowSeconds - 2 * STEP);
      if (nowSeconds % STEP === 0) readLoads(nowSeconds);
      if (startSeconds === null) return;
      const madeAt = Math.floor(nowSeconds / (REFRESH_HOURS * HOUR));
      if (forecast?.madeAt !== madeAt) {
        const demand = Float64Array.from(loads);
        const past = { demand, stepSeconds: STEP, startSeconds };
        forecast = { madeAt, means: hourlyMeans(past, loads.length) };
      }
      const { means } = forecast;
      const load = loadOf(means, Math.floor(nowSeconds / HOUR)) ?? 0;
      const next = loadOf(means, Math.floor((nowSeconds + bufferSeconds) / HOUR)) ?? 0;
      group.predict(Math.ceil(Math.max(load, next) / target - EPSILON));
    },
  };
}
