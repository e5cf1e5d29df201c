import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline, BaselineContext } from '#evaluation/baselines/baseline.ts';
import { forecastPlanner } from '#evaluation/baselines/forecast-planner.ts';
import { hourOfWeek } from '#evaluation/baselines/hour-of-week.ts';
import { hybrid } from '#evaluation/baselines/hybrid.ts';
import { lastWeek } from '#evaluation/baselines/last-week.ts';
import { percentileFloor } from '#evaluation/baselines/percentile-floor.ts';
import { createHarmonicForecast } from '#evaluation/baselines/statistics/harmonic-forecast.ts';
import { targetTrackingTwentySeconds } from '#evaluation/baselines/target-tracking.ts';

const contextOf = (
  demand: ArrayLike<number>,
  change: Partial<BaselineContext> = {},
): BaselineContext => ({
  demand: Float64Array.from(demand),
  stepSeconds: 300,
  startSeconds: 0,
  warmUpHorizon: 3,
  fromStep: 0,
  objective: 0.85,
  ...change,
});

const DAY = 288;
const GROUP = { desired: 4, inService: 4 };

/** What it wants at one step, having been called for all before it. */
function wantedAt(baseline: Baseline, context: BaselineContext, at: number): number | null {
  const steer = baseline.steer(context, baseline.knob);
  for (let step = context.fromStep; step < at; step++) steer(step, GROUP);
  return steer(at, GROUP);
}

/** A day that repeats: `least` at night, `most` at noon. */
const daily = (least: number, most: number) => (_: unknown, k: number) =>
  least + ((most - least) * (1 - Math.cos((2 * Math.PI * k) / DAY))) / 2;

describe('last week at this time', () => {
  const week = 7 * DAY;
  // One instance of need, and six for ten minutes 40 steps into the week.
  const demand = Array.from({ length: 2 * week }, (_, k) => (k === 40 || k === 41 ? 6 : 0.75));

  it('holds the largest need of the half hour that began seven days ago', () => {
    const steer = lastWeek.steer(contextOf(demand), 0.75);
    const wanted = Array.from({ length: 10 }, (_, k) => steer(week + 34 + k, GROUP));
    // 6 ÷ 0.75 = 8, from 25 minutes before the peak until its last step.
    expect(wanted).toEqual([1, 8, 8, 8, 8, 8, 8, 8, 1, 1]);
  });

  it('reacts without a week of history, and to more than last week’s', () => {
    expect(lastWeek.steer(contextOf([3, 3, 3]), 0.75)(3, GROUP)).toBe(4);
    const grown = demand.map((need, k) => (k === week + 36 ? 12 : need));
    expect(lastWeek.steer(contextOf(grown), 0.75)(week + 37, GROUP)).toBe(16);
  });
});

describe('the hour-of-week quantile', () => {
  it('asks for an hour before it begins, and for no more than was usual in it', () => {
    const hours = Array.from({ length: 14 * 24 }, (_, hour) => (hour % 24 === 10 ? 8.5 : 0.85));
    const demand = hours.flatMap((need) => Array<number>(12).fill(need));
    const context = contextOf(demand, { fromStep: 7 * DAY });
    const before = 7 * DAY + 10 * 12;
    // Three steps from decision to service: 9:50 is the first decision that reaches 10:00.
    expect(wantedAt(hourOfWeek, context, before - 3)).toBe(1);
    expect(wantedAt(hourOfWeek, context, before - 2)).toBe(10);
    expect(wantedAt(hourOfWeek, context, before + 9)).toBe(10);
    expect(wantedAt(hourOfWeek, context, before + 12)).toBe(1);
  });

  it('takes the quantile of the last four weeks of the hour', () => {
    // Twenty values of one hour: in 19 of them 1.7, in one 8.5; the 95th percentile is the 19th.
    const demand = Array.from({ length: 21 }, (_, k) => (k === 7 ? 8.5 : 1.7));
    const context = contextOf(demand, { stepSeconds: 60, fromStep: 20, warmUpHorizon: 1 });
    expect(hourOfWeek.steer(context, 0.95)(20, GROUP)).toBe(2);
    expect(hourOfWeek.steer(context, 1)(20, GROUP)).toBe(10);
  });

  it('does nothing before anything was measured', () => {
    expect(wantedAt(hourOfWeek, contextOf([NaN, NaN, NaN]), 2)).toBeNull();
  });
});

describe('the percentile floor', () => {
  it('keeps target tracking above the percentile of the last week', () => {
    // Half of the time 3.5: the median takes 5 instances, the present 0.7 takes one.
    const demand = Array.from({ length: 100 }, (_, k) => (k < 60 ? 3.5 : 0.7));
    expect(wantedAt(percentileFloor, contextOf(demand), 99)).toBe(5);
    expect(wantedAt(percentileFloor, contextOf([...demand, 7, 7]), 101)).toBe(10);
    expect(percentileFloor.steer(contextOf(demand, { fromStep: 99 }), 0.25)(99, GROUP)).toBe(1);
  });
});

describe('target tracking on 20 seconds', () => {
  it('scales out after a minute above the target, and in after five below', () => {
    const demand = [3.5, 1, 1, 1, 1, 1, 1];
    const steer = targetTrackingTwentySeconds.steer(contextOf(demand, { stepSeconds: 60 }), 0.7);
    let group = GROUP;
    const wanted = demand.map((_, step) => {
      const desired = steer(step, group) ?? group.desired;
      group = { desired, inService: desired };
      return desired;
    });
    // 0.875 of four: five at once. Then 0.2 of five for five minutes: ceil(1.43) = 2.
    expect(wanted).toEqual([4, 5, 5, 5, 5, 5, 2]);
  });
});

describe('harmonic regression', () => {
  it('continues a daily season, better than the last value does', () => {
    const demand = Array.from({ length: 6 * DAY }, daily(1, 9));
    const forecast = createHarmonicForecast(contextOf(demand));
    expect(forecast.at(0)).toBeNull();
    for (let step = 0; step <= 5 * DAY; step++) forecast.advanceTo(step);
    for (const ahead of [0, 2, 50, 144]) {
      expect(forecast.at(5 * DAY + ahead)).toBeCloseTo(demand[5 * DAY + ahead]!, 3);
    }
    expect(forecast.scaledError()).toBeLessThan(0.01);
  });

  it('has the weekend of a week once two weeks were seen', () => {
    const weekly = (k: number) => 5 + 3 * Math.sin((2 * Math.PI * k) / (7 * DAY));
    const demand = Array.from({ length: 22 * DAY }, (_, k) => weekly(k));
    const forecast = createHarmonicForecast(contextOf(demand));
    forecast.advanceTo(15 * DAY);
    expect(forecast.at(18 * DAY)).toBeCloseTo(weekly(18 * DAY), 3);
  });

  it('carries an error on, less with every step', () => {
    const demand = Array.from({ length: 6 * DAY }, (_, k) => 5 + (Math.floor(k / 40) % 2));
    const forecast = createHarmonicForecast(contextOf(demand));
    for (let step = 0; step <= 1000; step++) forecast.advanceTo(step);
    const [soon, later] = [forecast.at(1000)!, forecast.at(1200)!];
    expect(Math.abs(soon - demand[999]!)).toBeLessThan(0.2);
    expect(Math.abs(later - 5.5)).toBeLessThan(0.2);
  });
});

describe('the forecast planner', () => {
  it('is ready for a rise that comes every day', () => {
    const demand = Array.from({ length: 8 * DAY }, daily(1.5, 15));
    // Six in the morning, the steepest rise: start-up and 15 minutes are six steps.
    const at = 7 * DAY + DAY / 4;
    const wanted = wantedAt(forecastPlanner, contextOf(demand, { fromStep: DAY }), at);
    expect(wanted).toBe(Math.ceil(demand[at + 5]! / 0.75));
  });

  it('continues the trend of the last hour where nothing is known of seasons', () => {
    const demand = Array.from({ length: 20 }, (_, k) => k / 4);
    // In the fifth step after this one 25 ÷ 4 = 6.25 of 0.75.
    expect(wantedAt(forecastPlanner, contextOf(demand), 20)).toBe(9);
  });
});

describe('the hybrid of forecasts and reaction', () => {
  it('leaves the group alone near its target, and reacts without a forecast', () => {
    expect(wantedAt(hybrid, contextOf([2.8]), 1)).toBe(4);
    expect(wantedAt(hybrid, contextOf([3.1]), 1)).toBe(4);
    expect(wantedAt(hybrid, contextOf([3.5]), 1)).toBe(5);
    expect(wantedAt(hybrid, contextOf([1.4]), 1)).toBe(2);
    expect(wantedAt(hybrid, contextOf([NaN]), 1)).toBeNull();
  });

  it('scales ahead of a rise that it can be trusted to foresee', () => {
    const demand = Array.from({ length: 8 * DAY }, daily(1.5, 15));
    const at = 7 * DAY + DAY / 4;
    const wanted = wantedAt(hybrid, contextOf(demand, { fromStep: DAY }), at);
    expect(wanted).toBe(Math.ceil(demand[at + 2]! / 0.7));
  });
});

describe('every further rival', () => {
  const rivals = [lastWeek, hourOfWeek, percentileFloor, forecastPlanner, hybrid];

  it('wants at least as many instances where its knob asks for more room', () => {
    const needs = fc.array(fc.double({ min: 0, max: 30, noNaN: true }), {
      minLength: 40,
      maxLength: 80,
    });
    fc.assert(
      fc.property(needs, fc.constantFrom(...rivals), (demand, rival) => {
        const context = contextOf(demand, { stepSeconds: 3600, fromStep: demand.length });
        const isShare = rival === hourOfWeek || rival === percentileFloor;
        const [roomy, tight] = isShare ? [0.9, 0.3] : [0.5, 0.9];
        const wanted = (knob: number) => {
          const steer = rival.steer(context, knob);
          return steer(demand.length, { desired: 1000, inService: 1000 }) ?? 0;
        };
        expect(wanted(roomy)).toBeGreaterThanOrEqual(wanted(tight));
      }),
      { numRuns: 60 },
    );
  });
});
