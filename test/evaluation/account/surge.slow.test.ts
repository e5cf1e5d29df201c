import { describe, expect, it } from 'vitest';
import { serviceObjective } from '#core/capacity/wanted-utilization.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { runEngine, runPolicy, type AccountScenario } from '#evaluation/account/account-runs.ts';
import { openEngine, shareTrainings } from '#tasks/open-engine.ts';

const STEP = 300;
const DAY_STEPS = 86_400 / STEP;
const DAYS = 8;
const SURGE_STEPS = 72;
const trainings = shareTrainings();

/** A week of quiet days, and on the eighth six hours of 2.5 times as much, at noon. */
const surging = Float64Array.from({ length: DAYS * DAY_STEPS }, (_, step) => {
  const usual = 10 + 2 * Math.sin((step / DAY_STEPS) * 2 * Math.PI);
  const since = step - (DAYS - 0.5) * DAY_STEPS;
  return since >= 0 && since < SURGE_STEPS ? 2.5 * usual : usual;
});

const scenario: AccountScenario = {
  applicationId: 'shop',
  demand: { startSeconds: Date.UTC(2026, 8, 7) / 1000, stepSeconds: STEP, values: surging },
  instanceCores: 2,
  limits: { minInstances: 1, maxInstances: 40 },
  initialInstances: 8,
  bootSeconds: 300,
  fromStep: 7 * DAY_STEPS,
};

async function run(mode: 'scale-out' | 'full', tracking: number | null) {
  const objective = serviceObjective(tracking);
  const { allocation } = DEFAULT_SETTINGS;
  const settings = {
    ...DEFAULT_SETTINGS,
    resources: ['cpu'] as const,
    allocation: {
      ...allocation,
      service: 'alarms' as const,
      warmUpSeconds: scenario.bootSeconds,
      targetUtilization: { ...allocation.targetUtilization, cpu: objective },
    },
  };
  const steering = { mode, tracking, objective };
  const engine = openEngine(scenario.demand, trainings);
  return {
    ours: await runEngine(engine, { scenario, steering, settings }),
    alone: runPolicy(scenario, { mode: null, tracking: tracking ?? 0.7, objective }),
  };
}

describe('a surge of 2.5 times that no forecast saw', () => {
  it('leaves no more unserved in full than target tracking at 70 % alone', async () => {
    const { ours, alone } = await run('full', null);
    expect(alone.unserved).toBeGreaterThan(0);
    expect(ours.unserved).toBeLessThanOrEqual(alone.unserved);
  });

  it('leaves no more unserved beside target tracking than that alone', async () => {
    for (const tracking of [0.5, 0.7]) {
      const { ours, alone } = await run('scale-out', tracking);
      expect(ours.unserved).toBeLessThanOrEqual(alone.unserved + 1e-6);
    }
  });
});
