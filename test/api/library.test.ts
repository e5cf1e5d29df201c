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
    for (const season of [0, 1, -3, 1.5, NaN]) {
      const options = { horizon: 1, seasons: [season] };
      await expect(forecast(past, options)).rejects.toThrow(/a season is .*, expected a whole/);
    }
  });

  it.each([Infinity, -Infinity, '3' as unknown as number, {} as unknown as number])(
    'refuse %j among the values, and name its place',
    async (value) => {
      const wrong = series([1, null, value, 2]);
      await expect(forecast(wrong, { horizon: 1 })).rejects.toThrow(/^values\[2\] is /);
      await expect(train(wrong, { horizon: 1 })).rejects.toThrow(/^values\[2\] is /);
      expect(() => detect(wrong)).toThrow(/^values\[2\] is /);
    },
  );

  it('train refuses negative values, which forecast takes', async () => {
    const past = series([3, -1, 2]);
    expect((await forecast(past, { horizon: 1 })).quantiles).toHaveLength(1);
    await expect(train(past, { horizon: 1 })).rejects.toThrow('values[1] is -1');
  });

  it('never go below zero where the series does not, however short it is', async () => {
    const amount = fc.double({ min: 0, max: 100, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(amount, { minLength: 1, maxLength: 20 }), async (values) => {
        const { quantiles } = await forecast(series(values), { horizon: 8 });
        for (const row of quantiles) {
          expect(row[0]).toBeGreaterThanOrEqual(0);
          expect(row).toEqual([...row].sort((a, b) => a - b));
        }
      }),
      { numRuns: 40 },
    );
    const falling = await forecast(series([50, 40, 30, 20, 10]), { horizon: 4 });
    expect(falling.quantiles.at(-1)).toEqual(falling.levels.map(() => 0));
  });

  it.each([6, 12, 36])('follow the season after an outage of %i hours', async (hours) => {
    const past = daily(24 * 21);
    past.fill(0, past.length - hours - 6, past.length - 6);
    const { quantiles } = await forecast(series(past), { horizon: 24, levels: [0.5] });
    daily(24).forEach((value, hour) => {
      expect(Math.abs(quantiles[hour]![0]! - value)).toBeLessThan(2);
    });
  });

  it.each([0.001, 0.25, 1, 7])('take steps of %d seconds', async (stepSeconds) => {
    const values = Array.from({ length: 400 }, (_, k) => k % 20);
    const past = { values, startSeconds: START, stepSeconds };
    const { quantiles, startSeconds } = await forecast(past, { horizon: 5, levels: [0.5] });
    expect(startSeconds).toBeCloseTo(START + 400 * stepSeconds, 6);
    quantiles.forEach(([median], step) => expect(median).toBeCloseTo(step, 0));
  });

  it('huge values are forecast as the same values in another unit', async () => {
    const options = { horizon: 24, levels: [0.1, 0.5, 0.9] };
    const past = daily(24 * 14);
    const unit = 2 ** 960;
    const small = await forecast(series(past.map((value) => value * 2 ** -60)), options);
    const huge = await forecast(series(past.map((value) => value * unit)), options);
    huge.quantiles.forEach((row, step) =>
      row.forEach((value, k) => {
        const expected = small.quantiles[step]![k]! * 2 ** 60;
        expect(value / unit).toBeCloseTo(expected, 3);
      }),
    );
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

it('typed arrays and holes are values and gaps', async () => {
  const past = daily(24 * 4);
  const typed = Float64Array.from(past) as unknown as readonly number[];
  expect(detect(series(typed))).toEqual(detect(series(past)));
  expect(await forecast(series(typed), { horizon: 2 })).toEqual(
    await forecast(series(past), { horizon: 2 }),
  );
  const holes: number[] = [];
  holes[3] = 1;
  expect(detect(series(holes))).toEqual(detect(series([null, null, null, 1])));
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

  it.each([
    [{ maxInstances: 0 }, 'maxInstances is 0'],
    [{ maxInstances: 2.5 }, 'maxInstances is 2.5'],
    [{ maxInstances: 1e9 }, 'maxInstances is 1000000000'],
    [{ maxInstances: NaN }, 'maxInstances is NaN'],
    [{ minInstances: 21 }, 'minInstances is 21, expected a whole number from 0 to 20'],
    [{ minInstances: -1 }, 'minInstances is -1'],
    [{ currentInstances: NaN }, 'currentInstances is NaN'],
    [{ currentInstances: -5 }, 'currentInstances is -5'],
    [{ instance: {} }, 'instance names none of cpu'],
    [{ instance: { cpu: 0 } }, 'instance.cpu is 0'],
    [{ instance: { cpu: 2, memory: -1 } }, 'instance.memory is -1'],
    [{ usage: { cpu: [1, -1] } }, 'cpu[1] is -1'],
    [{ usage: { cpu: [1e31] } }, 'cpu[0] is 1e+31'],
    [{ usage: { cpu: [] } }, 'the series has no value'],
    [{ stepSeconds: NaN }, 'no grid'],
    [{ warmUpSeconds: -1 }, 'warmUpSeconds must be'],
    [{ targetUtilization: { cpu: 2 } }, 'cpu must be'],
  ])('refuses %j', async (wrong, reason) => {
    const decision = decide({ ...request, ...wrong });
    await expect(decision).rejects.toThrow(RangeError);
    await expect(decision).rejects.toThrow(reason);
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

  it.each([
    [{ objective: 0 }, 'objective is 0'],
    [{ objective: 1.1 }, 'objective is 1.1'],
    [{ instance: { cpu: -2 } }, 'instance.cpu is -2'],
    [{ instance: { memory: 2 ** 30 } }, 'instance sizes no cpu'],
    [{ resources: [] }, 'resources names none of cpu'],
    [{ resources: ['cpu', 'memory'] as const }, 'no application has usage of memory'],
  ])('refuses %j', async (options, reason) => {
    const replayed = replay(fleet, options);
    await expect(replayed).rejects.toThrow(RangeError);
    await expect(replayed).rejects.toThrow(reason);
  });

  it.each([660, 25_200, 604_800])('replays steps of %i s', async (stepSeconds) => {
    const steps = Math.ceil((9 * 86_400) / stepSeconds) + 3;
    const usage = { cpu: Array.from({ length: steps }, () => 7) };
    const { policies } = await replay({
      ...fleet,
      stepSeconds,
      applications: [{ applicationId: 'shop', usage }],
    });
    for (const { instanceHours, unservedDemand } of policies) {
      expect(instanceHours).toBeGreaterThan(0);
      expect(unservedDemand).toBeLessThan(1);
    }
  });

  it('refuses applications of different lengths', async () => {
    const other = { applicationId: 'mail', usage: { cpu: daily(24 * 8) } };
    const applications = [...fleet.applications, other];
    await expect(replay({ ...fleet, applications })).rejects.toThrow('have 216, 192 values');
  });
});
