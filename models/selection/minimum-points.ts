/** Fewer measured values cannot be split into a part for training and a part for the evaluation. */
export const MINIMUM_POINTS = 48;
