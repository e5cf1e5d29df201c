import { describe, expect, it } from 'vitest';
import { EMPTY_FOOTPRINT } from '#core/footprint.ts';
import { checkUtilization } from '#core/monitor/check-utilization.ts';
import { DEFAULT_SETTINGS } from '#core/settings.ts';

const settings = { ...DEFAULT_SETTINGS.allocation, overThreshold: 0.9, underThreshold: 0.3 };
const allocated = { cpu: 10, memory: 100, disk: null, network: 0 };

describe('checkUtilization', () => {
  it('asks the next allocation to hold what exceeded the threshold, and nothing else', () => {
    const actual = { cpu: 9.5, memory: 50, disk: 7, network: null };
    expect(checkUtilization(actual, allocated, settings)).toEqual({
      utilization: 0.95,
      status: 'over',
      correction: { ...EMPTY_FOOTPRINT, cpu: 9.5 },
    });
  });

  it('tells idle allocations from fitting ones by the busiest resource', () => {
    const idle = { cpu: 1, memory: 20, disk: null, network: null };
    expect(checkUtilization(idle, allocated, settings).status).toBe('under');
    expect(checkUtilization({ ...idle, memory: 60 }, allocated, settings).status).toBe('within');
  });

  it('takes any use of something never allocated for a breach', () => {
    const actual = { ...EMPTY_FOOTPRINT, network: 5 };
    expect(checkUtilization(actual, allocated, settings)).toMatchObject({
      utilization: Infinity,
      correction: { network: 5 },
    });
  });

  it('says that there is no allocation where nothing can be compared', () => {
    const none = { utilization: null, status: 'no-allocation', correction: EMPTY_FOOTPRINT };
    expect(checkUtilization({ ...EMPTY_FOOTPRINT, cpu: 1 }, null, settings)).toEqual(none);
    expect(checkUtilization(EMPTY_FOOTPRINT, allocated, settings)).toEqual(none);
  });
});
