import type { AccountInstance } from './account-instance.ts';

/** The instance to remove first among those that are not needed; undefined if none is. */
export function surplusInstance(
  instances: readonly AccountInstance[],
  surplusUnits: number,
): AccountInstance | undefined {
  const removable = instances.filter(({ type }) => type.weight <= surplusUnits);
  const starting = removable.filter(({ state }) => state !== 'InService');
  return starting.at(-1) ?? removable.at(-1);
}
