import { describe, expect, it } from 'vitest';
import {
  addElasticity,
  elasticityShares,
  elasticSpeedup,
  NO_ELASTICITY,
  sumElasticity,
} from '#evaluation/service/elasticity.ts';

const WHOLE = { fromStep: 0, objective: 1 };

describe('sumElasticity', () => {
  it('adds up a run worked out by hand', () => {
    // Wanted: 2, 4, 4, –, 1, 1. Supply: 2, 2, 5, 5, 4, 1.
    const demand = Float64Array.from([1.5, 4, 3.2, NaN, 0, 0.4]);
    const inService = Float64Array.from([2, 2, 5, 5, 4, 1]);
    const sums = sumElasticity(demand, inService, WHOLE);
    expect(sums).toEqual({
      under: 0.5,
      over: 0.25 + 3,
      underSteps: 1,
      overSteps: 2,
      // 2 → 4 beside 2 → 2; 4 → 4 beside 2 → 5; after the gap 1 → 1 beside 4 → 1.
      unstable: 3,
      changes: 3,
    });
    expect(elasticityShares(sums, 5)).toEqual({
      underProvisioning: 0.1,
      overProvisioning: 0.65,
      underTimeshare: 0.2,
      overTimeshare: 0.4,
      instability: 1,
    });
  });

  it('wants more instances where less of one serves well', () => {
    const sums = sumElasticity(Float64Array.of(3), Float64Array.of(3), {
      fromStep: 0,
      objective: 0.85,
    });
    expect(sums).toMatchObject({ under: 0.25, underSteps: 1 });
  });

  it('is stable where supply moves with demand', () => {
    const demand = Float64Array.of(1, 3, 3, 2);
    const sums = sumElasticity(
      demand,
      demand.map((need) => 2 * need),
      WHOLE,
    );
    expect(sums).toMatchObject({ unstable: 0, changes: 3, under: 0, over: 4 });
    expect(addElasticity(sums, NO_ELASTICITY)).toEqual(sums);
  });
});

describe('elasticSpeedup', () => {
  const shares = {
    underProvisioning: 0.1,
    overProvisioning: 0.4,
    underTimeshare: 0.2,
    overTimeshare: 0.8,
    instability: 0.5,
  };

  it('is the geometric mean of four ratios', () => {
    const halved = { ...shares, underProvisioning: 0.05, overTimeshare: 0.2 };
    expect(elasticSpeedup(halved, shares)).toBeCloseTo((2 * 4) ** (1 / 4), 12);
    expect(elasticSpeedup(shares, shares)).toBe(1);
  });

  it('stays finite for a policy that is never short', () => {
    const never = { ...shares, underProvisioning: 0, underTimeshare: 0 };
    expect(elasticSpeedup(never, shares)).toBeCloseTo((1000 * 2000) ** (1 / 4), 9);
  });
});
