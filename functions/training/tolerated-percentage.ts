/**
 * Percentage of a Distributed Map's items that may fail. One failure among few items would exceed
 * any reasonable percentage, so one is always tolerated unless it is the only item.
 * @param configured percentage of the deployment's configuration.
 */
export function toleratedPercentage(items: number, configured: number): number {
  return items > 1 ? Math.max(configured, Math.ceil(100 / items)) : configured;
}
