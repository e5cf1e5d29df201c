import { EMPTY_FOOTPRINT, type FootprintWindow } from '#core/domain/footprint.ts';
import type { ScalingTarget } from '#core/domain/ports.ts';
import { cpuWindow, dailyCpu, MONDAY } from './hourly-fleet.ts';
import { memoryPorts } from './memory-ports.ts';

export const DAY = 86_400;

function pointsOf(window: FootprintWindow) {
  return [...window.values.cpu].map((cpu, hour) => ({
    timestampSeconds: MONDAY + hour * 3600,
    footprint: { ...EMPTY_FOOTPRINT, cpu },
  }));
}

/** Ports whose history knows the application "shop": so many days of hourly CPU from MONDAY on. */
export async function portsWithHistory(days: number) {
  const ports = memoryPorts();
  const points = pointsOf(cpuWindow(dailyCpu(days)));
  await ports.history.append([{ applicationId: 'shop', applicationType: 'web', points }]);
  return ports;
}

/** A target of 1 to 20 instances of one core that remembers what was wished. */
export function scalingTarget(): ScalingTarget & { readonly wishes: number[] } {
  const wishes: number[] = [];
  return {
    wishes,
    describe: async () => ({
      desiredInstances: 1,
      inServiceInstances: 1,
      pendingInstances: 0,
      limits: { minInstances: 1, maxInstances: 20 },
      instanceCapacity: { ...EMPTY_FOOTPRINT, cpu: 1 },
    }),
    setDesired: async (_id, instances) => {
      wishes.push(instances);
    },
  };
}

/** A request about "shop" without a type or wishes. */
export const request = { applicationId: 'shop', applicationType: null, requested: null };
