/** The regular steps of one series. */
export interface SeriesGrid {
  /** In units of `ds`; the mean step if steps are months. */
  readonly stepSeconds: number;
  /** `ds` of a step by its number, counted from 0; also for steps after the last row. */
  dsAt(step: number): number;
  /** Per row: number of its step. */
  readonly places: Float64Array;
  /** Why rows are averaged over a step, as the end of a sentence; null if they are not. */
  readonly averaged: string | null;
  /** What the user should know of the steps, as the end of "in series x: …"; null for nothing. */
  readonly remark: string | null;
}

/** Steps of the calendar, which are not all equally long. */
export type CalendarGrid = Omit<SeriesGrid, 'averaged'>;
