/** The first `count` steps ahead, counted from 1. */
export function firstSteps(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k + 1);
}
