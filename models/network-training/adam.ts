/**
 * Constants of Adam (Kingma and Ba, ICLR 2015, section 2): decays of the moments, and the term that
 * keeps the division finite.
 */
export const FIRST_DECAY = 0.9;
export const SECOND_DECAY = 0.999;
export const EPSILON = 1e-8;

/**
 * Step size of Adam with the correction for moments that start at zero.
 * @param step counted from 1.
 */
export function adamRate(rate: number, step: number): number {
  return (rate * Math.sqrt(1 - SECOND_DECAY ** step)) / (1 - FIRST_DECAY ** step);
}
