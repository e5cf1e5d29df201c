import { describe, expect, it } from 'vitest';
import { checkUtilization, overloadCorrection } from '#core/controller/check-utilization.ts';
import type { AllocationSource } from '#core/domain/allocation.ts';
import { EMPTY_FOOTPRINT } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { decideExample, exampleInput } from './example-input.ts';

const settings = { ...DEFAULT_SETTINGS.allocation, overThreshold: 0.9, underThreshold: 0.3 };
const allocated = { cpu: 10, memory: 100, disk: null, network: 0 };

const decided = (source: AllocationSource) => {
  const { target } = exampleInput();
  const unlimited = { ...target, instanceCapacity: EMPTY_FOOTPRINT };
  const { reason } = decideExample(exampleInput({ target: unlimited }), DEFAULT_SETTINGS);
  return { allocated, reason: { ...reason, source } };
};

const check = (...given: Parameters<typeof checkUtilization>) => ({
  ...checkUtilization(...given),
  correction: overloadCorrection(...given),
});

describe('checkUtilization', () => {
  it('corrects by what is in service while instances that were asked for still start', () => {
    const serving = { ...EMPTY_FOOTPRINT, cpu: 4 };
    const actual = { ...EMPTY_FOOTPRINT, cpu: 7 };
    expect(check(actual, { ...decided('forecast'), serving }, settings)).toMatchObject({
      utilization: 0.7,
      status: 'within',
      correction: { cpu: 10 },
    });
  });

  it('asks the next allocation to hold what exceeded the threshold with headroom to grow, and nothing else', () => {
    const actual = { cpu: 9.5, memory: 50, disk: 7, network: null };
    expect(check(actual, decided('forecast'), settings)).toEqual({
      utilization: 0.95,
      status: 'over',
      correction: { ...EMPTY_FOOTPRINT, cpu: 9.5 / 0.7 },
    });
  });

  it('tells idle allocations from fitting ones by the busiest resource', () => {
    const idle = { cpu: 1, memory: 20, disk: null, network: null };
    expect(check(idle, decided('forecast'), settings).status).toBe('under');
    expect(check({ ...idle, memory: 60 }, decided('forecast'), settings).status).toBe('within');
  });

  it('takes any use of something never allocated for a breach', () => {
    const actual = { ...EMPTY_FOOTPRINT, network: 5 };
    expect(check(actual, decided('forecast'), settings)).toMatchObject({
      utilization: Infinity,
      correction: { network: 5 / 0.7 },
    });
  });

  it('tracks the use with headroom, breach or not, while there are only defaults', () => {
    const actual = { ...EMPTY_FOOTPRINT, cpu: 7, memory: 140 };
    expect(check(actual, decided('default'), settings)).toMatchObject({
      status: 'over',
      correction: { cpu: 10, memory: 200, disk: null, network: null },
    });
  });

  it('says that there is no allocation where nothing can be compared', () => {
    const none = { utilization: null, status: 'no-allocation', correction: EMPTY_FOOTPRINT };
    expect(check({ ...EMPTY_FOOTPRINT, cpu: 1 }, null, settings)).toEqual(none);
    expect(check(EMPTY_FOOTPRINT, decided('forecast'), settings)).toEqual(none);
  });
});
