import { describe, expect, it } from 'vitest';
import { autopilotHorizontal } from '#evaluation/baselines/autopilot-horizontal.ts';
import { autopilotWindow } from '#evaluation/baselines/autopilot-window.ts';
import type { Baseline, BaselineContext, BaselineGroup } from '#evaluation/baselines/baseline.ts';
import { nSigma } from '#evaluation/baselines/n-sigma.ts';
import { oracle } from '#evaluation/baselines/oracle.ts';
import { predictiveScaling } from '#evaluation/baselines/predictive-scaling.ts';
import { staticPeak } from '#evaluation/baselines/static-peak.ts';
import { stepScaling } from '#evaluation/baselines/step-scaling.ts';
import {
  targetTracking,
  targetTrackingFiveMinutes,
  targetTrackingMinute,
} from '#evaluation/baselines/target-tracking.ts';
import { vpa } from '#evaluation/baselines/vpa.ts';

const context = (
  demand: readonly number[],
  change: Partial<BaselineContext> = {},
): BaselineContext => ({
  demand: Float64Array.from(demand),
  stepSeconds: 300,
  startSeconds: 0,
  warmUpHorizon: 3,
  fromStep: 0,
  objective: 1,
  ...change,
});

/** Desired instances of a baseline from `fromStep` on, for a group that follows at once. */
function follow(
  baseline: Baseline,
  baselineContext: BaselineContext,
  { knob = baseline.knob, from = 4 } = {},
) {
  const steer = baseline.steer(baselineContext, knob);
  let group: BaselineGroup = { desired: from, inService: from };
  const desired: (number | null)[] = [];
  for (let step = baselineContext.fromStep; step < baselineContext.demand.length; step++) {
    const now = steer(step, group);
    desired.push(now);
    if (now !== null) group = { desired: now, inService: now };
  }
  return desired;
}

describe('target tracking', () => {
  const demand = [0.7, 2.1, 1.4, NaN, 0.1];

  it('of the replay scales out at once and in to the largest need of three points', () => {
    const steer = targetTracking.steer(context(demand), 0.7);
    const group = { desired: 1, inService: 1 };
    expect([2, 4, 5].map((step) => steer(step, group))).toEqual([3, 3, 2]);
    expect(targetTracking.steer(context([NaN, NaN, NaN]), 0.7)(3, group)).toBeNull();
  });

  it('by the minute scales out after one point above the target, and in after three below', () => {
    // 4 instances at 3.5: 0.875 > 0.7, so ceil(4 · 0.875 ÷ 0.7) = 5; then 5 at 2: 0.4, below 0.63
    // three times: ceil(2.86) = 3.
    expect(follow(targetTrackingMinute, context([3.5, 2, 2, 2, 2]))).toEqual([null, 5, 5, 5, 3]);
  });

  it('by five minutes needs 15 minutes to scale out and 75 to scale in', () => {
    const raised = follow(targetTrackingFiveMinutes, context([3.5, 3.5, 3.5, 3.5]));
    expect(raised).toEqual([null, 4, 4, 5]);
    const low = follow(targetTrackingFiveMinutes, context(Array.from({ length: 17 }, () => 1)));
    expect(low.slice(13)).toEqual([4, 4, 2, 2]);
  });

  it('does nothing on missing data, and does not scale in while an instance starts', () => {
    expect(follow(targetTrackingMinute, context([1, 1, NaN, 1, 1]))).toEqual([null, 4, 4, null, 4]);
    const steer = targetTrackingMinute.steer(context([1, 1, 1, 1]), 0.7);
    const starting = { desired: 6, inService: 4 };
    for (const step of [0, 1, 2]) steer(step, starting);
    expect(steer(3, starting)).toBe(6);
  });
});

describe('step scaling', () => {
  it('takes the steps of the documented example', () => {
    // Of 10 instances: 7 used is 20 points above 0.5, so +30 %; 6 is 10 above, +10 %; 5.5 nothing;
    // 3.5 −10 %; 2 −30 %.
    for (const [used, desired] of [
      [7, 13],
      [6, 11],
      [5.5, 10],
      [3.5, 9],
      [2, 7],
    ] as const) {
      expect(follow(stepScaling, context([used, used]), { from: 10 })[1]).toBe(desired);
    }
  });

  it('changes by at least one instance', () => {
    expect(follow(stepScaling, context([2, 2]), { from: 2 })[1]).toBe(3);
    expect(follow(stepScaling, context([0, 0]), { from: 2 })[1]).toBe(1);
  });
});

describe('predictive scaling', () => {
  const hourly = { stepSeconds: 1800, fromStep: 96 };

  it('requests the mean of an hour five minutes before it begins, and never lowers', () => {
    // Two days of half hours: 1 instance of load, 7 between 10 and 11 o'clock.
    const day = Array.from({ length: 48 }, (_, k) => (k === 20 || k === 21 ? 7 : 1));
    const steer = predictiveScaling.steer(
      context([...day, ...day, ...day], { stepSeconds: 1800, fromStep: 96 }),
      0.7,
    );
    const group = { desired: 2, inService: 2 };
    // The 30-minute step from 09:30 ends before the buffer. At 10:00 the load 7 needs 10.
    expect(steer(96 + 19, group)).toBe(2);
    expect(steer(96 + 20, group)).toBe(10);
  });

  it('does nothing with less than a day of history, while target tracking continues', () => {
    const steer = predictiveScaling.steer(context([7, 7, 7, 0.1], hourly), 0.7);
    expect(steer(4, { desired: 1, inService: 1 })).toBe(10);
  });
});

describe('the VPA recommender', () => {
  it('requests the 90th percentile plus 15 %, and keeps a request that is within its bounds', () => {
    const desired = follow(
      vpa,
      context(
        Array.from({ length: 600 }, () => 2),
        { fromStep: 300 },
      ),
    );
    // 2 instances are in a bucket whose upper edge is at most 5 % higher. The request is between
    // 2.3 and 2.42, so 3.
    expect(new Set(desired)).toEqual(new Set([3]));
  });

  it('raises a request outside its bounds', () => {
    const demand = Array.from({ length: 900 }, (_, k) => (k < 600 ? 1 : 10));
    const desired = follow(vpa, context(demand, { fromStep: 300 }));
    expect(desired[0]).toBe(2);
    expect(desired.at(-1)).toBe(12);
  });

  it('takes the peak of each day for memory, not the mass of its samples', () => {
    const steps = 8 * 288;
    const others = new Float64Array(steps).fill(2);
    // Seven for ten minutes a day, otherwise two.
    const memory = Float64Array.from({ length: steps }, (_, k) => (k % 288 < 2 ? 7 : 2));
    const demand = others.map((value, k) => Math.max(value, memory[k]!));
    const parts = { others, memory };
    const desired = follow(vpa, context([...demand], { fromStep: 5 * 288, parts }), { from: 10 });
    // Between 7 × 1.15 and 5 % more.
    expect(new Set(desired)).toEqual(new Set([9]));
    const asCpu = follow(vpa, context([...demand], { fromStep: 5 * 288 }));
    expect(new Set(asCpu)).toEqual(new Set([3]));
  });

  it('raises memory to 1.2 times what an instance was killed at', () => {
    const memory = Float64Array.from({ length: 3 * 288 }, (_, k) => (k === 700 ? 20 : 2));
    const others = new Float64Array(memory.length).fill(1);
    const parts = { others, memory };
    const desired = follow(vpa, context([...memory], { fromStep: 288, parts }));
    expect(desired.at(-1)).toBeGreaterThanOrEqual(Math.ceil(20 * 1.2 * 1.15));
  });
});

describe('Autopilot', () => {
  it('moving window: percentiles of load, not of time, and the largest of the last hour', () => {
    // 9 in a tenth of the time is 0.9 of 1.8 of the load, so even the median of load is 9; × 1.15 =
    // 10.35, plus a bucket of 5 %.
    const demand = Array.from({ length: 200 }, (_, k) => (k % 10 === 0 ? 9 : 1));
    const desired = follow(autopilotWindow, context(demand, { fromStep: 190 }), { knob: 0.55 });
    expect(desired.every((instances) => instances === 11)).toBe(true);
  });

  it('horizontal: P95 ÷ target, and half of the excess removed every hour', () => {
    const demand = Array.from({ length: 40 }, () => 2.8);
    const desired = follow(autopilotHorizontal, context(demand, { fromStep: 1 }), { from: 20 });
    // Steps 12, 24 and 36 are full hours: 20 → 12 → 8 → 6, on the way to 4.
    expect([0, 10, 11, 22, 23, 34, 35].map((k) => desired[k])).toEqual([20, 20, 12, 12, 8, 8, 6]);
  });
});

describe('N-sigma, static peak and oracle', () => {
  it('n-sigma: mean plus five standard deviations', () => {
    const steer = nSigma.steer(context([1, 3, 1, 3]), 5);
    expect(steer(4, { desired: 1, inService: 1 })).toBe(7);
  });

  it('static peak: the largest need before the start, times the knob', () => {
    const baselineContext = context([1, 4.5, NaN, 9], { fromStep: 3 });
    expect(staticPeak.steer(baselineContext, 1)(3, { desired: 1, inService: 1 })).toBe(5);
    expect(staticPeak.steer(baselineContext, 2)(3, { desired: 1, inService: 1 })).toBe(9);
  });

  it('oracle: the largest need up to the warm-up horizon', () => {
    const steer = oracle.steer(context([1, 5, 2.5, 9]), 1);
    const group = { desired: 1, inService: 1 };
    expect([steer(0, group), steer(3, group)]).toEqual([5, 9]);
  });
});
