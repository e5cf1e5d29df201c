import { describe, expect, it } from 'vitest';
import { comparedPoints, leastAt } from '#evaluation/replay/compare-frontiers.ts';
import { longestShortage } from '#evaluation/simulation/longest-shortage.ts';
import { worstShortage } from '#evaluation/simulation/worst-shortage.ts';

const demand = Float64Array.of(5, 1, 4, 5, 1, 9, NaN, 9, 2);
const inService = Float64Array.of(1, 2, 3, 3, 3, 4, 4, 6, 6);

describe('shortages', () => {
  it('the worst is the run with the most unserved demand', () => {
    expect(worstShortage('x', { demand, inService }, { fromStep: 1, objective: 1 })).toMatchObject({
      policy: 'x',
      step: 5,
      steps: 1,
      unserved: 5,
      fromStep: 0,
    });
    expect(
      worstShortage('x', { demand, inService: demand }, { fromStep: 0, objective: 1 }),
    ).toBeNull();
  });

  it('the longest is counted over gaps in the measurements', () => {
    expect(longestShortage(demand, inService, { from: 0, to: 9 })).toBe(2);
    expect(longestShortage(demand, inService, { from: 5, to: 9 })).toBe(2);
    expect(longestShortage(demand, inService, { from: 3, to: 6 })).toBe(1);
  });
});

describe('leastAt', () => {
  const frontier = [
    { policy: 'a', knob: 1, instanceHours: 100, unservedDemand: 0.4 },
    { policy: 'a', knob: 2, instanceHours: 200, unservedDemand: 0.2 },
    { policy: 'a', knob: 3, instanceHours: 250, unservedDemand: 0.3 },
  ];

  it('goes straight between two settings and never takes a worse one that costs more', () => {
    expect(leastAt(frontier, 'instanceHours', 150)).toBeCloseTo(0.3, 12);
    expect(leastAt(frontier, 'instanceHours', 1000)).toBe(0.2);
    expect(leastAt(frontier, 'unservedDemand', 0.3)).toBeCloseTo(150, 12);
    expect(leastAt(frontier, 'instanceHours', 99)).toBeNull();
  });

  it('sets every point in the range beside ours at the same cost', () => {
    const ours = [{ instanceHours: 90, unservedDemand: 0.1 }];
    const compared = comparedPoints(ours, frontier, { from: 150, to: 220 });
    expect(compared).toEqual([{ point: frontier[1], unservedThere: 0.1 }]);
  });
});
