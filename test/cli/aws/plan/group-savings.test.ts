import { expect, it } from 'vitest';
import { groupSavings, type SavingsInput } from '#cli/aws/plan/group-savings.ts';
import { NO_SCALING } from '#cli/aws/plan/own-scaling.ts';
import { savingsText } from '#cli/aws/plan/savings-lines.ts';
import type { ModeFigures } from '#evaluation/account/plan-modes.ts';
import type { ApplicationReplay, ReplayTrace } from '#evaluation/replay/replay-result.ts';

const STEP = 300;
const DAY_STEPS = 288;
const trace = {
  fromSeconds: 0,
  evaluatedFromSeconds: 7 * 86_400,
  steps: 8 * DAY_STEPS,
  stepSeconds: STEP,
} as ReplayTrace;

const policy = (name: string, instanceHours: number) => ({
  name,
  instanceHours,
  unservedDemand: 0.01,
  shortSteps: 0,
  scalingActions: 0,
  meanUtilization: 0.5,
});

const input = (change: Partial<SavingsInput> = {}): SavingsInput => ({
  group: {
    name: 'shop',
    applicationType: null,
    instanceTypes: ['m5.large'],
    types: [],
    instanceCapacity: null,
    meteredCapacity: null,
    limits: { minInstances: 1, maxInstances: 9 },
    inService: 4,
    ownPolicies: [],
    cpuTarget: null,
    scaling: NO_SCALING,
  },
  price: 0.1,
  replayed: {
    policies: [policy('foreprint', 48), policy('target-tracking-70', 72)],
  } as unknown as ApplicationReplay,
  instances: new Map(Array.from({ length: 8 * DAY_STEPS }, (_, k) => [k * STEP, 4])),
  expected: { counted: [], outside: [] },
  figures: 'it follows a queue',
  ...change,
});

it('compares with the instances in service on the evaluated day', () => {
  const savings = groupSavings(input(), trace);
  expect(savings).toMatchObject({ evaluatedHours: 24, inServiceHours: 96 });
  expect(savings.savedHoursPerMonth).toBeCloseTo(2 * 730, 9);
  expect(savings.savedPerMonth).toBeCloseTo(2 * 730 * 0.1, 9);
  expect(savingsText([savings])).toContain('together $146 a month');
});

it('compares with target tracking if the instances in service are unknown', () => {
  const known = [...input().instances].slice(0, 7.5 * DAY_STEPS);
  const savings = groupSavings(input({ instances: new Map(known), price: null }), trace);
  expect(savings).toMatchObject({ inServiceHours: null, savedPerMonth: null });
  expect(savings.savedHoursPerMonth).toBeCloseTo(730, 9);
  expect(savingsText([savings])).toContain('730 h (against target tracking)');
});

it('reports negative savings', () => {
  const few = new Map([...input().instances.keys()].map((at) => [at, 1]));
  const savings = groupSavings(input({ instances: few }), trace);
  expect(savings.savedPerMonth).toBeCloseTo(-73, 9);
  expect(savingsText([savings])).toContain('together $-73 a month');
});

it('promises no hours to a group that keeps its own policy, and says what would save some', () => {
  const group = { ...input().group, ownPolicies: ['keep-cpu'] };
  const savings = groupSavings(input({ group }), trace);
  expect(savings).toMatchObject({ savedHoursPerMonth: null, savedPerMonth: null });
  const text = savingsText([savings]);
  expect(text).not.toContain('together $');
  expect(text).toContain('none beside its policy');
  expect(text).toContain('shop (keep-cpu). Hours fall if you raise the policy');
});

const service = (instanceHours: number, shortSteps = 0.04) => ({
  instanceHours,
  unservedDemand: 0.01,
  shortSteps,
  changes: 3,
});
const figures: ModeFigures = {
  evaluatedHours: 24,
  alone: service(100),
  scaleOut: service(102, 0.02),
  full: service(80),
  raised: { from: 0.5, to: 0.56, service: service(90, 0.03) },
};

it('promises scale-out no hours, and proposes the target that saves some, with figures', () => {
  const group = { ...input().group, ownPolicies: ['keep-cpu'] };
  const savings = groupSavings(input({ group, figures }), trace);
  expect(savings.savedHoursPerMonth).toBeCloseTo((-2 / 24) * 730, 9);
  expect(savings.modes.map(({ mode, savedHoursPerMonth }) => [mode, savedHoursPerMonth])).toEqual([
    ['alone', 0],
    ['scale-out', expect.closeTo((-2 / 24) * 730, 9)],
    ['scale-out', expect.closeTo((10 / 24) * 730, 9)],
    ['full', expect.closeTo((20 / 24) * 730, 9)],
  ]);
  expect(savingsText([savings])).toContain(
    'shop: raise the target from 50 % to 56 % beside scale-out: hours −10%, ' +
      'short steps 3% instead of 4%',
  );
});

it('promises scale-out no hours where the simulation happens to take fewer', () => {
  const group = { ...input().group, ownPolicies: ['keep-cpu'] };
  const fewer = { ...figures, scaleOut: service(99) };
  const savings = groupSavings(input({ group, figures: fewer }), trace);
  expect(savings.savedHoursPerMonth).toBe(0);
});

it('compares full with the instances in service where no policy scales them', () => {
  const savings = groupSavings(input({ figures: { ...figures, raised: null } }), trace);
  expect(savings.savedHoursPerMonth).toBeCloseTo(((96 - 80) / 24) * 730, 9);
  expect(savingsText([savings])).toContain('as it is');
});

it('says why modes cannot be promised', () => {
  expect(savingsText([groupSavings(input(), trace)])).toContain(
    'shop: no mode can be promised: it follows a queue',
  );
});

it('says which expected events are in the figures, and which are in none', () => {
  const expected = { counted: ['sale, ×2 from … until …'], outside: ['Christmas'] };
  const savings = groupSavings(input({ expected }), trace);
  expect(savingsText([savings]).split('\n').slice(-2)).toEqual([
    'shop: known beforehand and counted: sale, ×2 from … until …',
    'shop: outside of the counted days, in no figure: Christmas',
  ]);
});
