/**
 * A value is gross from this distance outside the range on, in ranges or, if that is more, in
 * largest absolute values. Ordinary faults, such as three times the usual load, are no gross ones.
 */
const GROSS = 2;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** True if a value is so far outside a range that it says nothing about the ordinary values. */
export function isGross(value: number, { low, high }: Range): boolean {
  const unit = Math.max(high - low, Math.abs(low), Math.abs(high));
  return Math.max(value - high, low - value) > GROSS * unit;
}
