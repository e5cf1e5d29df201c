/** A range of steps of the horizon: first and last step, counted from 1. */
export interface HorizonRange {
  readonly first: number;
  readonly last: number;
}
