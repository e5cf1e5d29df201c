import type { AccountInstance } from './account-instance.ts';
import type { AccountGroup } from './group-contract.ts';

/** Cores, number and units of the instances in service. */
export function servingOf(instances: readonly AccountInstance[]): AccountGroup['serving'] {
  const inService = instances.filter(({ state }) => state === 'InService');
  return {
    cores: inService.reduce((sum, { type }) => sum + type.cores, 0),
    instances: inService.length,
    units: inService.reduce((sum, { type }) => sum + type.weight, 0),
  };
}
