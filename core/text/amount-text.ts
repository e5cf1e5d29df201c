import type { Resource } from '#core/domain/footprint.ts';
import { displayUnit } from './display-unit.ts';

/**
 * An amount of a resource in three significant digits, in the largest fitting unit: "2.5 cores",
 * "1.86 GiB", "750 kB/s".
 */
export function amountText(resource: Resource, amount: number): string {
  const { label, divisor } = displayUnit(resource, Math.abs(amount));
  const value = amount / divisor;
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${label}`;
}
