/** So many digits after the point, zeros as well; null stays. */
export function digits(value: number | null, count = 3): string | null {
  return value === null ? null : value.toFixed(count);
}
