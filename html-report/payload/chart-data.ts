import type { DecisionLog } from '#evaluation/replay/decision-log.ts';

/**
 * The data that the page's script draws: plain JSON, written by the renderer, read by client/.
 * Values are rounded and in the displayed unit; null means "not measured".
 */
export type Chart = FrontierChart | WeekChart | HistoryChart | FanChart | AllocationChart;

export type Values = readonly (number | null)[];

/** Columns with shared times: step k of the trace is at startSeconds + k · stepSeconds. */
export interface Columns {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** The first step, then the distance to the previous step. */
  readonly stepGaps: readonly number[];
  readonly values: Readonly<Record<string, Values>>;
}

export interface FrontierChart {
  readonly kind: 'frontier';
  /**
   * Unserved demand in percent at the top of the chart: with the policies that are shown at first,
   * and with all of them.
   */
  readonly tallest: number;
  readonly tallestOfAll: number;
  readonly policies: readonly {
    readonly label: string;
    /** Index in POLICY_STYLES. */
    readonly style: number;
    /** False for a policy that is drawn only when the reader asks for it. */
    readonly shown: boolean;
    /** [instance-hours, unserved demand in percent, knob] */
    readonly points: readonly (readonly [number, number, number])[];
    /** Result of the current setting; null if the policy was not replayed. */
    readonly current: readonly [number, number] | null;
  }[];
}

/** Strips, one per resource, over the 168 hours of a week from Monday 00:00 UTC. */
export interface WeekChart {
  readonly kind: 'week';
  readonly strips: readonly { readonly label: string; readonly values: Values }[];
}

export interface Band {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly label: string;
}

/** `columns.values`: actual, and with a forecast lower, median, upper. */
export interface HistoryChart {
  readonly kind: 'history';
  readonly unit: string;
  readonly columns: Columns;
  readonly incidents: readonly Band[];
  readonly evaluatedFromSeconds: number | null;
}

/** `columns.values`: actual, median, and per interval lower0, upper0 (widest), lower1, … */
export interface FanChart {
  readonly kind: 'fan';
  readonly unit: string;
  readonly columns: Columns;
  readonly intervals: readonly string[];
  readonly originSeconds: number;
}

/** `columns.values`: demand, and policy0, policy1 in the order of `policies`. */
export interface AllocationChart {
  readonly kind: 'allocation';
  readonly columns: Columns;
  readonly policies: readonly string[];
  readonly incidents: readonly Band[];
  readonly evaluatedFromSeconds: number | null;
}

/** The data from which the script explains the allocation of any step. */
export interface Explanations {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Steps of the trace of the first decision and of the last one. */
  readonly firstStep: number;
  readonly lastStep: number;
  /**
   * Where the columns have a value: the first of a run of decisions that changed nothing. Each is
   * the distance to the one before; the first is a step of the trace.
   */
  readonly stepGaps: readonly number[];
  readonly log: DecisionLog;
  /** Demand in instances in the step of each value, and in the step before. */
  readonly demand: Values;
  readonly demandBefore: Values;
}

/** A row of the table of applications. */
export interface FleetRow {
  /** Words in lower case that the filter looks into. */
  readonly words: string;
  readonly markup: string;
  /** Verdicts and advice that the list can be reduced to. */
  readonly tags: readonly string[];
  /** Orders of the words for service and advice. */
  readonly ranks: readonly [number, number];
  /** Values of `columns`, for sorting and for export. */
  readonly values: readonly (string | number | null)[];
}

export interface FleetRows {
  readonly columns: readonly string[];
  readonly rows: readonly FleetRow[];
}

/** One compressed block of the page: markup that is inserted on demand, and its charts by name. */
export interface Payload {
  readonly markup: string;
  readonly charts: Readonly<Record<string, Chart>>;
  readonly explanations?: Explanations;
  readonly fleet?: FleetRows;
}
