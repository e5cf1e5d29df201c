import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { runEngine, runPolicy } from '#evaluation/account/account-runs.ts';
import type { OwnPolicy } from '#evaluation/account/own-policies.ts';
import { planModes, type PlannedModes } from '#evaluation/account/plan-modes.ts';
import { openEngine, shareTrainings } from '#tasks/open-engine.ts';

const STEP = 300;
const DAY_STEPS = 86_400 / STEP;
const trainings = shareTrainings();

/** Quiet nights and steep mornings, every day alike. */
const daily = Float64Array.from({ length: 8 * DAY_STEPS }, (_, step) =>
  step % DAY_STEPS >= 96 && step % DAY_STEPS < 204 ? 20 : 6,
);

function plan(policies: readonly OwnPolicy[], change: Partial<PlannedModes['scenario']> = {}) {
  const scenario: PlannedModes['scenario'] = {
    applicationId: 'shop',
    demand: { startSeconds: Date.UTC(2026, 8, 7) / 1000, stepSeconds: STEP, values: daily },
    instanceCores: 2,
    limits: { minInstances: 1, maxInstances: 40 },
    initialInstances: 8,
    bootSeconds: 300,
    fromStep: 7 * DAY_STEPS,
    ...change,
  };
  const planned = { scenario, policies, objective: 0.6, settings: DEFAULT_SETTINGS };
  const openPorts = () => openEngine(scenario.demand, trainings);
  return planModes({ runEngine, runPolicy, openPorts }, planned);
}

const tracking: OwnPolicy = { kind: 'tracking', target: 0.5, warmUpSeconds: 300 };

describe('the modes of a group with its own policies', () => {
  it('raise a target only where hours fall and no half is served worse', async () => {
    const { alone, scaleOut, raised, evaluatedHours } = await plan([tracking]);
    expect(evaluatedHours).toBe(24);
    // The morning surprises the policy, and the floor knows it.
    expect(alone.shortSteps).toBeGreaterThan(0);
    expect(scaleOut.shortSteps).toBeLessThan(alone.shortSteps);
    expect(raised).not.toBeNull();
    if (raised === null) return;
    expect(raised.from).toBe(0.5);
    expect(raised.to).toBeGreaterThan(0.5);
    expect(raised.to).toBeLessThanOrEqual(0.6);
    expect(raised.service.instanceHours).toBeLessThan(alone.instanceHours);
    expect(raised.service.shortSteps).toBeLessThanOrEqual(alone.shortSteps);
    expect(raised.service.unservedDemand).toBeLessThanOrEqual(alone.unservedDemand);
  });

  it('propose no target to a group without target tracking', async () => {
    const types = [
      { name: 'large', cores: 2, weight: 1 },
      { name: 'xlarge', cores: 4, weight: 2 },
    ];
    const { alone, scaleOut, full, raised } = await plan([], { types, initialInstances: 9 });
    expect(raised).toBeNull();
    // Nothing scales a group without policies: nine units of two cores all day.
    expect(alone.instanceHours).toBe(24 * 6);
    expect(alone.changes).toBe(0);
    // Without a policy nothing takes away what a floor has started.
    expect(scaleOut.instanceHours).toBeGreaterThanOrEqual(alone.instanceHours);
    expect(full.shortSteps).toBeLessThan(alone.shortSteps);
  });
});
