import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, detect, forecast, replay, train } from '#api/index.ts';

const HOUR = 3600;
const START = Date.UTC(2026, 0, 5) / 1000;
const daily = (hours: number) => {
  return Array.from({ length: hours }, (_, hour) => 10 + 5 * Math.sin((hour / 12) * Math.PI));
};
const series = (values: readonly (number | null)[]) => {
  return { values, startSeconds: START, stepSeconds: HOUR };
};

describe('forecast and train', () => {
  it('follow a daily season, and say where the forecast begins', async () => {
    const past = series(daily(24 * 14));
    const result = await forecast(past, { horizon: 24, levels: [0.1, 0.5, 0.9] });
    expect(result.startSeconds).toBe(START + 24 * 14 * HOUR);
    expect(result.quantiles).toHaveLength(24);
    daily(24).forEach((value, hour) => expect(result.quantiles[hour]![1]).toBeCloseTo(value, 0));
    const trained = await train(past, { horizon: 24, levels: [0.1, 0.5, 0.9] });
    if (trained.kind !== 'trained') throw new Error(trained.reason);
    // Twelve hours later with the same model.
    const later = await trained.forecast(series(daily(24 * 14 + 12)));
    expect(later.startSeconds).toBe(START + (24 * 14 + 12) * HOUR);
    expect(later.quantiles[6]![1]).toBeCloseTo(daily(19).at(-1)!, 0);
    await expect(trained.forecast(series(daily(3)))).rejects.toThrow(/expected at least/);
  });

  it('take null for what was not measured, and say why nothing was trained', async () => {
    const result = await forecast(series([1, null, 2]), { horizon: 2 });
    expect(result.reason).toMatch(/./);
    expect(result.quantiles).toHaveLength(2);
    expect(await train(series([1, null, 2]), { horizon: 2 })).toMatchObject({
      kind: 'too-little-data',
    });
  });

  it('refuse options out of bounds', async () => {
    const past = series([1, 2, 3]);
    await expect(forecast(past, { horizon: 0 })).rejects.toThrow(RangeError);
    await expect(forecast(past, { horizon: 1.5 })).rejects.toThrow(RangeError);
    await expect(forecast(past, { horizon: 1, levels: [0.5, 0.4] })).rejects.toThrow(RangeError);
    await expect(forecast(past, { horizon: 1, levels: [1] })).rejects.toThrow(RangeError);
    await expect(forecast(series([null]), { horizon: 1 })).rejects.toThrow(RangeError);
    await expect(forecast({ ...past, stepSeconds: 0 }, { horizon: 1 })).rejects.toThrow(RangeError);
  });
});

it('detect gives a score for every value, sees only the past, and finds a leap', () => {
  const value = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), fc.nat(60), (values, cut) => {
      const scores = detect(series(values));
      expect(scores).toHaveLength(values.length);
      expect(detect(series(values.slice(0, cut)))).toEqual(scores.slice(0, cut));
    }),
    { numRuns: 30 },
  );
  const scores = detect(series([...daily(24 * 14), 500]));
  expect(scores.at(-1)!.score).toBeGreaterThan(0);
});

describe('decide', () => {
  const request = {
    startSeconds: START,
    stepSeconds: HOUR,
    usage: { cpu: daily(24 * 14) },
    instance: { cpu: 2 },
    currentInstances: 5,
    maxInstances: 20,
  };

  it('gives what the forecast needs, within limits', async () => {
    const { instances, need, summary } = await decide(request);
    // The next step uses 10 to 11.3 cores, on instances of two.
    expect(need.cpu).toBeGreaterThan(9);
    expect(instances).toBeGreaterThanOrEqual(5);
    expect(instances).toBeLessThanOrEqual(7);
    expect(summary).toContain("from the application's own forecast");
    expect((await decide({ ...request, maxInstances: 3 })).instances).toBe(3);
  });

  it('counts by the last use without enough usage, and refuses usage without resources', async () => {
    expect((await decide({ ...request, usage: { cpu: [7] } })).instances).toBe(4);
    await expect(decide({ ...request, usage: {} })).rejects.toThrow(/names none of cpu/);
    await expect(decide({ ...request, usage: { cpu: [1], memory: [] } })).rejects.toThrow(
      /expected as many of each/,
    );
  });
});

describe('replay', () => {
  const fleet = {
    startSeconds: START,
    stepSeconds: HOUR,
    applications: [{ applicationId: 'shop', usage: { cpu: daily(24 * 9) } }],
  };

  it('compares Foreprint with the policies that are named', async () => {
    const { policies, applications, evaluatedFromSeconds } = await replay(fleet);
    expect(policies.map(({ name }) => name)).toEqual(['foreprint', 'target-tracking-70']);
    for (const policy of policies) expect(policy.instanceHours).toBeGreaterThan(0);
    expect(applications[0]!.verdict).not.toBeNull();
    expect(evaluatedFromSeconds).toBe(START + 7 * 24 * HOUR);
  });

  it('refuses a policy that there is not', async () => {
    await expect(replay(fleet, { policies: ['luck'] })).rejects.toThrow(/no policy "luck"/);
  });
});
