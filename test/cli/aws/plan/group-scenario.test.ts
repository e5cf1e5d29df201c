import { describe, expect, it } from 'vitest';
import { groupScenario, type ScenarioInput } from '#cli/aws/plan/group-scenario.ts';
import { NO_SCALING } from '#cli/aws/plan/own-scaling.ts';
import { perResource } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';

const STEP = 300;
const START = Date.UTC(2026, 8, 7) / 1000;
const DAYS = 8;

const input = (change: Partial<ScenarioInput['group']> = {}): ScenarioInput => ({
  group: {
    name: 'shop',
    applicationType: null,
    instanceTypes: ['large', 'xlarge'],
    types: [
      { name: 'large', cores: 2, weight: 1 },
      { name: 'xlarge', cores: 4, weight: 3 },
    ],
    instanceCapacity: null,
    meteredCapacity: null,
    limits: { minInstances: 2, maxInstances: 40 },
    inService: 2,
    ownPolicies: [],
    cpuTarget: null,
    scaling: NO_SCALING,
    ...change,
  },
  application: {
    applicationId: 'shop',
    applicationType: null,
    window: {
      startSeconds: START,
      stepSeconds: STEP,
      values: perResource(() => new Float64Array((DAYS * 86_400) / STEP).fill(4)),
    },
  },
  instances: new Map([[START, 5]]),
  monitoringSeconds: 60,
  evaluatedFromSeconds: START + 7 * 86_400,
  settings: DEFAULT_SETTINGS,
});

describe('a group of an account as the simulation takes it', () => {
  it('is counted in units of its instances’ mean', () => {
    expect(groupScenario(input())).toMatchObject({
      objective: 0.85,
      scenario: {
        instanceCores: 1.5,
        // Five instances of two units on average.
        initialInstances: 10,
        fromStep: 7 * 288,
        bootSeconds: DEFAULT_SETTINGS.allocation.warmUpSeconds,
      },
    });
  });

  it('has the boot time of its launches, and the objective of its target', () => {
    const scaling = { ...NO_SCALING, startsSeconds: [90, 90, 90, 90, 90] };
    expect(groupScenario(input({ scaling, cpuTarget: 0.5 }))).toMatchObject({
      objective: 0.6,
      scenario: { bootSeconds: 90 },
    });
  });

  it('is held to its own target, as the functions hold it', () => {
    expect(groupScenario(input({ cpuTarget: 0.8 }))).toMatchObject({
      settings: { allocation: { policyTarget: 0.8 } },
    });
    expect(groupScenario(input())).toMatchObject({
      settings: { allocation: { policyTarget: null } },
    });
  });

  it('runs its recurring actions, the last before the start included', () => {
    const scheduledActions = [
      { ScheduledActionName: 'day', Recurrence: '0 8 * * *', MinSize: 6 },
      { ScheduledActionName: 'once', StartTime: new Date(START * 1000), MinSize: 30 },
    ];
    const planned = groupScenario(input({ scaling: { ...NO_SCALING, scheduledActions } }));
    if (typeof planned === 'string') throw new Error(planned);
    const actions = planned.scenario.scheduledActions ?? [];
    const eight = START + 8 * 3600;
    expect(actions.map(({ atSeconds }) => atSeconds)).toEqual(
      Array.from({ length: DAYS + 1 }, (_, k) => eight + (k - 1) * 86_400),
    );
    expect(new Set(actions.map(({ name, min }) => `${name} ${min}`))).toEqual(new Set(['day 6']));
  });

  it('says why it cannot be simulated', () => {
    expect(groupScenario(input({ types: [] }))).toMatch(/runs no instance now/);
    const scaling = { ...NO_SCALING, unknown: ['by-queue'] };
    expect(groupScenario(input({ scaling }))).toMatch(/^what by-queue follows/);
  });
});
