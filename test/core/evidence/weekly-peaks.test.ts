import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '#core/controller/decide.ts';
import { EMPTY_FOOTPRINT, perResource, type FootprintWindow } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { forecastInstances } from '#core/evidence/demand-forecast.ts';
import { expectedPeaks } from '#core/evidence/recurring/expected-peaks.ts';
import { learnPeaks } from '#core/evidence/recurring/peak-log.ts';
import { rememberUsage } from '#core/evidence/remember-usage.ts';

const STEP = DEFAULT_SETTINGS.stepSeconds;
const DAY = 86_400;
const WEEK_STEPS = (7 * DAY) / STEP;
const MONDAY = Date.UTC(2026, 0, 5) / 1000;
const LEAD = 2;

interface Peaks {
  /** First step of each peak in the week. */
  readonly starts: readonly number[];
  readonly steps: number;
  readonly height: number;
}

/** One core with a little noise, and the peaks of each week. */
function useOf({ starts, steps, height }: Peaks, seed: number): (step: number) => number {
  return (step) => {
    const isPeak = starts.some((start) => (step - start) % WEEK_STEPS < steps && step >= start);
    const noise = 1 + 0.05 * Math.sin(seed + step * 1.618) * Math.cos(step * 0.377);
    return (isPeak ? height : 1) * noise;
  };
}

/** Instances at the start of a step by a forecast that knows of no peak. */
function instancesAt(use: (step: number) => number, step: number): number {
  const nowSeconds = MONDAY + step * STEP;
  const values = Float64Array.from({ length: step }, (_, k) => use(k));
  const window: FootprintWindow = {
    startSeconds: MONDAY,
    stepSeconds: STEP,
    values: perResource((resource) =>
      resource === 'cpu' ? values : new Float64Array(step).fill(NaN),
    ),
  };
  const settings = { ...DEFAULT_SETTINGS, resources: ['cpu' as const] };
  const target = {
    limits: { minInstances: 1, maxInstances: 48 },
    instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: 2 },
    desiredInstances: 1,
    inServiceInstances: 1,
  };
  const learnt = { startSeconds: MONDAY, stepSeconds: STEP, values };
  const peaks = expectedPeaks(
    { peaks: { cpu: learnPeaks(undefined, learnt, 'UTC') } },
    { seconds: nowSeconds, stepSeconds: STEP, steps: LEAD + 1 },
    window,
  );
  const quantiles = {
    originSeconds: nowSeconds,
    stepSeconds: STEP,
    horizon: LEAD + 1,
    levels: [0.1, 0.5, 0.9],
    values: Float64Array.from({ length: 3 * (LEAD + 1) }, (_, k) => 0.95 + 0.05 * (k % 3)),
  };
  const forecast = {
    source: 'forecast' as const,
    byResource: { cpu: { quantiles, model: 'flat', reliability: { relativeWidth: 0.1 } } },
  };
  const memories = rememberUsage(window, target, { settings, timeZone: 'UTC' });
  const demand = forecastInstances({ forecast, target, memories, peaks }, settings);
  const input = { applicationId: 'shop', applicationType: null, requested: null, nowSeconds };
  return decide({ ...input, profileVersion: 1, state: null, target }, demand, settings).decision
    .instances;
}

const MINUTES = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 360] as const;
const VARIANTS = [3, 10].flatMap((height) =>
  MINUTES.flatMap((minutes) => [1, 2].map((perWeek) => ({ height, minutes, perWeek }))),
);

describe('weekly peaks that came four times', () => {
  it.each(VARIANTS)('x$height for $minutes min, $perWeek a week, are allocated for', (variant) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: WEEK_STEPS / 2 - 80 }),
        fc.integer({ min: 0, max: 99 }),
        (first, seed) => {
          const steps = variant.minutes / 5;
          const starts = [first, first + WEEK_STEPS / 2].slice(0, variant.perWeek);
          const peaks = { starts, steps, height: variant.height };
          const use = useOf(peaks, seed);
          for (const start of starts) {
            const next = start + 4 * WEEK_STEPS;
            const needed = Math.ceil((variant.height * 0.94) / 2);
            // An instance that is asked for one lead time before the peak serves when it begins.
            expect(instancesAt(use, next - LEAD)).toBeGreaterThanOrEqual(needed);
            // Nothing is held well before it.
            expect(instancesAt(use, next - LEAD - 12)).toBe(1);
          }
        },
      ),
      { numRuns: 3 },
    );
  });

  it('are not held for once they failed to come twice', () => {
    const peaks = { starts: [108], steps: 24, height: 10 };
    const [came, base] = [useOf(peaks, 1), useOf({ ...peaks, starts: [] }, 1)];
    const use = (step: number) => (step < 4 * WEEK_STEPS ? came(step) : base(step));
    // Five were used in every peak, and the next may be higher than all of them.
    expect(instancesAt(use, 108 + 4 * WEEK_STEPS)).toBe(6);
    expect(instancesAt(use, 108 + 6 * WEEK_STEPS)).toBe(1);
  });
});
