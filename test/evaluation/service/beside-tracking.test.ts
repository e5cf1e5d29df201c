import { describe, expect, it } from 'vitest';
import type { PolicySummary } from '#evaluation/replay/replay-result.ts';
import { besideTracking } from '#evaluation/service/beside-tracking.ts';
import { DEFAULT_SERVICE } from '#evaluation/simulation/service-rule.ts';

const NO_SHARE = {
  underProvisioning: 0,
  overProvisioning: 0,
  underTimeshare: 0,
  overTimeshare: 0,
  instability: 0,
  speedup: 1,
};

/** A policy's hours, unserved demand, short steps and actions. */
const summary = (
  name: string,
  [instanceHours, unservedDemand, shortSteps, scalingActions]: readonly [
    number,
    number,
    number,
    number,
  ],
): PolicySummary => ({
  name,
  instanceHours,
  unservedDemand,
  unservedHours: 1000 * unservedDemand,
  shortSteps,
  scalingActions,
  meanUtilization: 0.5,
  elasticity: NO_SHARE,
});

type Replayed = Parameters<typeof besideTracking>[0];

function resultOf(
  policies: readonly PolicySummary[],
  applications: readonly (readonly PolicySummary[])[],
): Replayed {
  return {
    policies,
    trace: { service: DEFAULT_SERVICE },
    applications: applications.map((own) => ({ policies: own })),
  };
}

describe('besideTracking', () => {
  const tracking = summary('tt', [100, 0.02, 0.04, 50]);

  it('counts in multiples, with the way to the oracle and whom it serves better and worse', () => {
    const result = resultOf(
      [summary('ours', [90, 0.01, 0.05, 40]), tracking, summary('oracle', [80, 0, 0, 60])],
      [
        // Better; worse, by time alone; the same, as both are within a tenth of a percent.
        [summary('ours', [1, 0.01, 0.01, 1]), summary('tt', [1, 0.02, 0.02, 1])],
        [summary('ours', [1, 0.01, 0.03, 1]), summary('tt', [1, 0.02, 0.02, 1])],
        [summary('ours', [1, 0.0205, 0.0195, 1]), summary('tt', [1, 0.02, 0.02, 1])],
        // Not replayed for it: not counted.
        [summary('tt', [1, 0.02, 0.02, 1])],
      ],
    );
    const [ours, own, oracle] = besideTracking(result, 'tt');
    expect(ours).toEqual({
      policy: 'ours',
      hours: 0.9,
      unserved: 0.5,
      short: 1.25,
      actions: 0.8,
      wayToOracle: 0.5,
      better: 1,
      worse: 1,
    });
    expect(own).toMatchObject({ hours: 1, unserved: 1, wayToOracle: 0, better: 0, worse: 0 });
    expect(oracle).toMatchObject({ wayToOracle: 1, unserved: 0 });
  });

  it('has no multiple of nothing, and no way to an oracle that needs more', () => {
    const idle = summary('tt', [100, 0, 0, 0]);
    const result = resultOf([summary('ours', [90, 0.1, 0.1, 4]), idle], []);
    expect(besideTracking(result, 'tt')[0]).toMatchObject({
      hours: 0.9,
      unserved: null,
      short: null,
      actions: null,
      wayToOracle: null,
    });
    const dear = resultOf([tracking, summary('oracle', [110, 0, 0, 1])], []);
    expect(besideTracking(dear, 'tt')[0]).toMatchObject({ wayToOracle: null });
    expect(() => besideTracking(dear, 'ours')).toThrow(RangeError);
  });
});
