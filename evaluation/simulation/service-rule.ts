/** When an application counts as served, and what policies see of its demand. */
export interface ServiceRule {
  /**
   * Share of an instance's capacity, above 0 and at most 1, up to which an application still serves
   * well: means over a step hide the peaks within it.
   */
  readonly objective: number;
  /** Whether measured use ends at the capacity in service, as in reality. */
  readonly isCapped: boolean;
  /** Differences between policies up to this are none: of hours relative, of demand and of time. */
  readonly threshold: number;
}

/** A tenth of a percent of the time or of the demand. */
const DEFAULT_THRESHOLD = 0.001;

/** All of the capacity serves, and policies see all demand. */
export const WHOLE_SERVICE: ServiceRule = {
  objective: 1,
  isCapped: false,
  threshold: DEFAULT_THRESHOLD,
};

/** The rule of a replay without options. */
export const DEFAULT_SERVICE: ServiceRule = {
  objective: 0.85,
  isCapped: true,
  threshold: DEFAULT_THRESHOLD,
};
