/** One thing to do to a group; the same may be done again. */
export interface Change {
  /** What it does, as it is shown, for example "set tag foreprint:mode=scale-out". */
  readonly text: string;
  readonly apply: () => Promise<void>;
}

/** What is to be done to one group, in this order. */
export interface GroupPlan {
  readonly group: string;
  readonly changes: readonly Change[];
  /** What else there is to say of it. */
  readonly remarks: readonly string[];
}
