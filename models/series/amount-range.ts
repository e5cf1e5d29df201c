/** Models read amounts as 32-bit floats; a larger amount is in a wrong unit, or no amount. */
export const LARGEST_AMOUNT = 1e30;
const SMALLEST_AMOUNT = 1e-30;

/** The amount, or 0 for one that is too small for a 32-bit float; NaN stays NaN. */
export function noticeableAmount(amount: number): number {
  return amount < SMALLEST_AMOUNT ? 0 : amount;
}
