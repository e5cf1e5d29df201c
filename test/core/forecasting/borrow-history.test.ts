import { describe, expect, it } from 'vitest';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { borrowHistory } from '#core/forecasting/borrow-history.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** A cluster whose mean use is 10 at night and 30 by day, in every hour of one week. */
const cluster: ClusterProfile = {
  clusterId: 'c1',
  applications: ['a', 'b'],
  medoid: 'a',
  averageFootprint: {
    cpu: Array.from({ length: 168 }, (_, hour) => [hour * HOUR, hour % 24 < 12 ? 10 : 30] as const),
  },
  predictiveModel: {},
  meanLevel: { cpu: 20, memory: null, disk: null, network: null },
  version: 1,
};

const borrowing = { cluster, resource: 'cpu', originSeconds: 20 * DAY, stepSeconds: HOUR } as const;

describe('borrowHistory', () => {
  it("divides the application's own values by their mean and fills the rest with the cluster's shape", () => {
    const values = new Float64Array(24).fill(NaN);
    values[22] = 2;
    values[23] = 6;
    const { history, scale } = borrowHistory(values, borrowing);
    expect(scale).toBe(4);
    expect([...history.slice(0, 12)]).toEqual(Array(12).fill(0.5));
    expect([...history.slice(12, 22)]).toEqual(Array(10).fill(1.5));
    expect([...history.slice(22)]).toEqual([0.5, 1.5]);
  });

  it('gives an application without measurements the level of an average member', () => {
    const { history, scale } = borrowHistory(new Float64Array(24).fill(NaN), borrowing);
    expect(scale).toBe(20);
    expect(history.every((value) => value === 0.5 || value === 1.5)).toBe(true);
  });

  it('uses a flat shape if the cluster never measured the resource', () => {
    const { history } = borrowHistory(new Float64Array(3).fill(NaN), {
      ...borrowing,
      resource: 'disk',
    });
    expect([...history]).toEqual([1, 1, 1]);
  });
});
