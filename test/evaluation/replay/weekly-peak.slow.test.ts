import { describe, expect, it } from 'vitest';
import { createOpenMetrics } from '#core/detection/metric/metric-memory.ts';
import { perResource } from '#core/domain/footprint.ts';
import { createRandom } from '#core/domain/random.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { trainInProcess } from '#core/training/train-in-process.ts';
import type { Trainer } from '#core/training/trainer.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';

const WEEK = 7 * 86_400;
const WEEKS = 6;
const MONDAY = Date.UTC(2026, 0, 5) / 1000;
/** Mondays from nine to eleven. */
const [PEAK_FROM, PEAK_TO] = [9 * 3600, 11 * 3600];
const RIVALS = ['aws-like-predictive', 'crane-dsp'];
/** Twelve hold the peak, and two what is used at other times. */
const INSTANCE = { cpu: 0.87 };

/** The candidates that such a series is forecast by; the others only take time to lose. */
const train: Trainer = (job) =>
  trainInProcess({ ...job, candidates: ['seasonal-naive-day', 'seasonal-naive-week'] });

/** A core with some noise, ten times as much in the peak. */
function cores(stepSeconds: number): Float64Array {
  const random = createRandom(4);
  return Float64Array.from({ length: (WEEKS * WEEK) / stepSeconds }, (_, step) => {
    const inWeek = (step * stepSeconds) % WEEK;
    const isPeak = inWeek >= PEAK_FROM && inWeek < PEAK_TO;
    return (isPeak ? 10 : 1) * (0.97 + 0.06 * random());
  });
}

/** Weeks one to five are counted: before the first one nobody can know of a peak. */
async function replayWeeks(stepSeconds: number, trainedAfterWeeks: readonly number[]) {
  const cpu = cores(stepSeconds);
  const nothing = new Float64Array(cpu.length).fill(NaN);
  const { replay } = await replayApplication(
    { ...memoryPorts(), trainer: train, openMetric: createOpenMetrics() },
    {
      applicationId: 'mondays',
      applicationType: null,
      window: {
        startSeconds: MONDAY,
        stepSeconds,
        values: perResource((name) => (name === 'cpu' ? cpu : nothing)),
      },
      fromStep: WEEK / stepSeconds,
      settings: { ...DEFAULT_SETTINGS, stepSeconds, resources: ['cpu'] },
      plan: {
        quantiles: [],
        baselines: RIVALS.map((name) => ({ name, knobs: [] })),
        instance: INSTANCE,
      },
      visits: trainedAfterWeeks.map((weeks) => ({
        atSeconds: MONDAY + weeks * WEEK,
        clusterId: null,
        divergenceStreak: 0,
        cluster: null,
      })),
      clusterModels: [],
    },
  );
  return replay;
}

describe('a peak every Monday', () => {
  it.each([
    { minutes: 5, trainedAfterWeeks: [1, 3] },
    { minutes: 15, trainedAfterWeeks: [1, 2, 3, 4, 5] },
    { minutes: 15, trainedAfterWeeks: [1, 3] },
  ])(
    'is served as well as by its rivals in no more hours: $minutes min, trained after $trainedAfterWeeks',
    async ({ minutes, trainedAfterWeeks }) => {
      const stepSeconds = minutes * 60;
      const replay = await replayWeeks(stepSeconds, trainedAfterWeeks);
      const of = (name: string) => replay.policies.find((policy) => policy.name === name)!;
      const own = of('foreprint');
      for (const rival of RIVALS.map(of)) {
        expect(own.unservedDemand, rival.name).toBeLessThanOrEqual(rival.unservedDemand);
        expect(own.instanceHours, rival.name).toBeLessThanOrEqual(rival.instanceHours);
      }
      // What came twice is there from the third time on.
      const served = replay.inService['foreprint']!;
      const lastShort = replay.demand.findLastIndex((need, step) => need > served[step]!);
      expect(lastShort).toBeLessThan((WEEK + PEAK_TO) / stepSeconds);
    },
  );
});
