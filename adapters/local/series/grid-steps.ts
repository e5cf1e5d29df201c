/** The regular steps of one series. */
export interface SeriesGrid {
  /** In units of `ds`; the mean one where steps are months. */
  readonly stepSeconds: number;
  /** `ds` of a step by its number from 0 on; also of steps after the last row. */
  dsAt(step: number): number;
  /** Per row: the number of its step. */
  readonly places: Float64Array;
  /** Why rows are averaged over a step, as the end of a sentence; null where they are not. */
  readonly averaged: string | null;
}
