import { describe, expect, it } from 'vitest';
import { createMemoryModelStore } from '#adapters/memory/memory-model-store.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import { replayFleet, TraceTooShort } from '#evaluation/replay/replay-fleet.ts';
import { cpuWindow, dailyCpu, HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { memoryPorts, quickTrainer } from '#test/core/memory-ports.ts';

const DAYS = 10;

const application = (applicationId: string, cpu: Float64Array) => ({
  applicationId,
  applicationType: 'web',
  window: cpuWindow(cpu),
});

const newcomer = dailyCpu(DAYS, 20);
newcomer.fill(NaN, 0, 8 * 24 + 12);

const fleet = [
  application('day-1', dailyCpu(DAYS, 10)),
  application('day-2', dailyCpu(DAYS, 25)),
  application('day-3', dailyCpu(DAYS, 5)),
  application('new', newcomer),
  application('night-1', dailyCpu(DAYS, 10, 12)),
  application('night-2', dailyCpu(DAYS, 30, 12)),
];

const run = (applications = fleet) => {
  const progress: string[] = [];
  const result = replayFleet(
    {
      models: createMemoryModelStore(),
      trainer: quickTrainer,
      runJob: (job) => replayApplication(memoryPorts(), job),
      onProgress: (phase, done, total) => progress.push(`${phase} ${done}/${total}`),
    },
    {
      sources: ['made up'],
      simulated: true,
      stepSeconds: 3600,
      applications,
      plan: {
        quantiles: [0.9],
        baselines: [
          { name: 'target-tracking-70', knobs: [0.7] },
          { name: 'static-peak', knobs: [] },
          { name: 'oracle', knobs: [] },
        ],
      },
    },
    HOURLY,
  );
  return { result, progress };
};

describe('replayFleet', () => {
  const whole = run();

  it('adds the applications up and says what it replayed', async () => {
    const { result, progress } = whole;
    const { trace, policies, frontier, models, applications } = await result;
    expect(trace).toMatchObject({
      applications: 6,
      steps: DAYS * 24,
      evaluatedFromSeconds: MONDAY + 7 * 86_400,
      simulated: true,
    });
    for (const policy of policies) {
      const each = applications.map(
        (one) => one.policies.find(({ name }) => name === policy.name)!.instanceHours,
      );
      expect(policy.instanceHours).toBeCloseTo(
        each.reduce((a, b) => a + b, 0),
        6,
      );
    }
    expect(frontier.map(({ policy, knob }) => [policy, knob])).toEqual([
      ['foreprint', 0.9],
      ['target-tracking', 0.7],
    ]);
    expect(Object.values(models).reduce((a, b) => a + b, 0)).toBe(6);
    expect(progress.at(-1)).toBe('replaying applications 6/6');
  });

  it("forecasts an application with too little history from its own hours, as its cluster's mate", async () => {
    const { applications, clusters } = await whole.result;
    const one = applications.find(({ applicationId }) => applicationId === 'new')!;
    const own = one.decisions.filter(({ reason }) => reason.model.cpu === 'similar situations');
    expect(own.length).toBeGreaterThan(0);
    const mates = clusters.find(({ applications: ids }) => ids.includes('new'))!.applications;
    expect(mates).toContain('day-1');
    expect(mates).not.toContain('night-1');
    for (const { reason } of own) {
      expect(reason.forecast.cpu).toBeGreaterThan(4);
      expect(reason.forecast.cpu).toBeLessThan(80);
    }
  });

  it('refuses a trace that ends before anything is counted, saying how long it is', async () => {
    const short = [application('short', dailyCpu(7))];
    await expect(run(short).result).rejects.toThrow(TraceTooShort);
    await expect(run(short).result).rejects.toThrow(/168 steps/);
    await expect(run([]).result).rejects.toThrow(TraceTooShort);
  });
});
