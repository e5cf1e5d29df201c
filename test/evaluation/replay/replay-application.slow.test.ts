import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '#core/domain/random.ts';
import { EVERY_BASELINE } from '#evaluation/baselines/all-baselines.ts';
import { replayApplication } from '#evaluation/replay/replay-application.ts';
import type { ReplayJob } from '#evaluation/replay/replay-job.ts';
import { DEFAULT_SERVICE } from '#evaluation/simulation/service-rule.ts';
import { cpuWindow, dailyCpu, HOURLY, MONDAY } from '#test/core/hourly-fleet.ts';
import { memoryPorts } from '#test/core/memory-ports.ts';

const DAYS = 12;
const WARM_UP = 7 * 24;

function job(cpu: Float64Array, change: Partial<ReplayJob> = {}): ReplayJob {
  const visits = Array.from({ length: DAYS - 7 }, (_, day) => ({
    atSeconds: MONDAY + (7 + day) * 86_400,
    clusterId: null,
    divergenceStreak: 0,
    cluster: null,
  }));
  return {
    applicationId: 'shop',
    applicationType: 'web',
    window: cpuWindow(cpu),
    fromStep: WARM_UP,
    settings: HOURLY,
    plan: { quantiles: [0.5, 0.9, 0.975], baselines: EVERY_BASELINE },
    visits,
    clusterModels: [],
    ...change,
  };
}

/** A daily shape with noise of a fifth. */
function noisyDays(): Float64Array {
  const random = createRandom(7);
  return dailyCpu(DAYS).map((value) => value * (0.8 + 0.4 * random()));
}

const replay = (cpu: Float64Array, change: Partial<ReplayJob> = {}) =>
  replayApplication(memoryPorts(), job(cpu, change));

describe('replayApplication', () => {
  let ofDays: Awaited<ReturnType<typeof replay>>;
  beforeAll(async () => {
    ofDays = await replay(dailyCpu(DAYS));
  });

  it('serves a daily shape with fewer instances than target tracking at no more shortage', () => {
    const { replay: result } = ofDays;
    const of = (name: string) => result.policies.find((policy) => policy.name === name)!;
    expect(of('foreprint').instanceHours).toBeLessThan(of('target-tracking-70').instanceHours);
    expect(of('foreprint').unservedDemand).toBeLessThanOrEqual(
      of('target-tracking-70').unservedDemand,
    );
    expect(of('oracle').instanceHours).toBeLessThanOrEqual(of('foreprint').instanceHours);
    expect(result.trainings).toBe(DAYS - 7);
    expect(result.crossValidation.cpu!.filter(({ selected }) => selected).length).toBeGreaterThan(
      0,
    );
    expect(result.fan.cpu!.horizon).toBe(24);
  });

  it('keeps to the instances and limits of a group that exists', async () => {
    const cpu = dailyCpu(DAYS);
    const size = Math.max(...cpu) / 5;
    const group = {
      instanceCapacity: { cpu: size, memory: null, disk: null, network: null },
      limits: { minInstances: 2, maxInstances: 4 },
      initialInstances: 3,
    };
    const { replay: result } = await replay(cpu, { group });
    expect(result.instanceCapacity).toEqual({ cpu: size });
    expect(Math.max(...result.demand)).toBeCloseTo(5, 9);
    for (const instances of Object.values(result.inService)) {
      const counted = instances.subarray(WARM_UP);
      expect(Math.min(...counted)).toBeGreaterThanOrEqual(2);
      // Five would be needed at the peak.
      expect(Math.max(...counted)).toBe(4);
    }
  });

  it('never lets a policy see the future', async () => {
    const cut = WARM_UP + 60;
    const whole = dailyCpu(DAYS);
    const changed = whole.map((value, step) => (step < cut ? value : value * 3 + 1));
    const [before, after] = [ofDays, await replay(changed)];
    const past = (values: Float64Array) => values.slice(0, cut + 1);
    for (const name of ['foreprint', 'target-tracking-70', 'static-peak']) {
      expect(past(after.replay.inService[name]!)).toEqual(past(before.replay.inService[name]!));
    }
    expect(past(after.replay.expected.upper)).toEqual(past(before.replay.expected.upper));
    expect(after.replay.inService['foreprint']!.slice(cut + 1)).not.toEqual(
      before.replay.inService['foreprint']!.slice(cut + 1),
    );
  });

  it('draws its frontier from the same decisions: at its own quantile a variant equals the policy', async () => {
    // At a quantile costs decide.
    const settings = { ...HOURLY, allocation: { ...HOURLY.allocation, service: 'cost' as const } };
    const { replay: result, knobs, tallies } = await replay(dailyCpu(DAYS), { settings });
    const variant = knobs.find(({ policy, knob }) => policy === 'foreprint' && knob === 0.9)!;
    expect(variant.tally).toEqual(tallies.find(({ name }) => name === 'foreprint')!.tally);
    const points = result.frontier.filter(({ policy }) => policy === 'foreprint');
    expect(points.map(({ instanceHours }) => instanceHours)).toEqual(
      points.map(({ instanceHours }) => instanceHours).toSorted((a, b) => a - b),
    );
  });

  it('draws it so too where use ends at the capacity and the record chooses by costs', async () => {
    const settings = { ...HOURLY, allocation: { ...HOURLY.allocation, service: 'cost' as const } };
    const plan = { quantiles: [0.5, 0.9, 0.99], baselines: [], service: DEFAULT_SERVICE };
    const { replay: result, knobs, tallies } = await replay(dailyCpu(DAYS), { settings, plan });
    const tallyOf = (quantile: number) => knobs.find(({ knob }) => knob === quantile)!.tally;
    expect(tallyOf(0.9)).toEqual(tallies.find(({ name }) => name === 'foreprint')!.tally);
    expect(tallyOf(0.5)).not.toEqual(tallyOf(0.9));
    const deciders = new Set(result.decisions.map(({ reason }) => reason.instances?.decidedBy));
    expect(deciders).toContain('costs');
  });

  it('is short for longer where a lower level of service is asked for', async () => {
    const shortAt = async (shortTime: number) => {
      const allocation = { ...HOURLY.allocation, service: 'level' as const, shortTime };
      const { replay: result } = await replay(noisyDays(), {
        settings: { ...HOURLY, allocation },
        plan: { quantiles: [], baselines: [], service: DEFAULT_SERVICE },
      });
      const deciders = new Set(result.decisions.map(({ reason }) => reason.instances?.decidedBy));
      expect(deciders).toContain('level');
      return result.policies.find(({ name }) => name === 'foreprint')!.shortSteps;
    };
    const [rare, often] = [await shortAt(0.02), await shortAt(0.3)];
    expect(rare).toBeLessThan(0.1);
    expect(often).toBeGreaterThan(rare);
    expect(often).toBeLessThan(0.4);
  });

  it('gives the same result twice', async () => {
    expect(await replay(dailyCpu(DAYS))).toEqual(ofDays);
  });

  it('survives gaps, an outage, and meets a surge with a correction and an incident', async () => {
    const cpu = dailyCpu(DAYS);
    cpu.fill(NaN, WARM_UP + 10, WARM_UP + 15);
    cpu.fill(NaN, 30, 60);
    for (let hour = WARM_UP + 50; hour < WARM_UP + 60; hour++) cpu[hour]! *= 2.5;
    const { replay: result } = await replay(cpu);
    const surge = result.incidents.filter(({ direction }) => direction === 'above');
    expect(surge.length).toBeGreaterThan(0);
    expect(surge[0]!.startSeconds).toBeGreaterThanOrEqual(MONDAY + (WARM_UP + 50) * 3600);
    expect(surge[0]!.startSeconds).toBeLessThan(MONDAY + (WARM_UP + 60) * 3600);
    expect(surge[0]!.endSeconds).not.toBeNull();
    const corrected = result.decisions.filter(({ reason }) => (reason.correction.cpu ?? 0) > 0);
    expect(corrected.length).toBeGreaterThan(0);
    for (const instances of result.inService['foreprint']!.slice(WARM_UP)) {
      expect(instances).toBeGreaterThanOrEqual(1);
      expect(instances).toBeLessThanOrEqual(48);
    }
  });

  it('starts a new application from the defaults and goes on with what it measured, without a model', async () => {
    const cpu = dailyCpu(DAYS);
    cpu.fill(NaN, 0, (DAYS - 1) * 24);
    const { replay: result, model, tallies } = await replay(cpu);
    expect(model).toBeNull();
    expect(tallies[0]!.tally.steps).toBe(24);
    // Twelve measurements are needed; before them nothing differs from the defaults.
    const enough = MONDAY + ((DAYS - 1) * 24 + 12) * 3600;
    expect(result.decisions.length).toBeGreaterThan(0);
    for (const { decidedAtSeconds, reason } of result.decisions) {
      const own = decidedAtSeconds >= enough;
      expect(reason.source).toBe(own ? 'forecast' : 'default');
      expect(reason.model.cpu).toBe(own ? 'similar situations' : undefined);
    }
    expect(result.inService['foreprint']!.at((DAYS - 1) * 24)).toBe(4);
  });

  it('counts nothing for an application that was never measured', async () => {
    const { tallies } = await replay(new Float64Array(DAYS * 24).fill(NaN));
    expect(tallies.every(({ tally }) => tally.steps === 0 && tally.capacity === 0)).toBe(true);
  });
});
