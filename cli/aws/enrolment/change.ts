/** One idempotent change of a group. */
export interface Change {
  /** Text for users, for example "set tag foreprint:mode=scale-out". */
  readonly text: string;
  readonly apply: () => Promise<void>;
}

/** Changes of one group, in the order in which they are made. */
export interface GroupPlan {
  readonly group: string;
  readonly changes: readonly Change[];
  /** Further messages about the group. */
  readonly remarks: readonly string[];
}
