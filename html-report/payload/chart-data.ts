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
  /** Unserved demand in percent at the top of the chart. */
  readonly tallest: number;
  readonly policies: readonly {
    readonly label: string;
    /** Index in POLICY_STYLES. */
    readonly style: number;
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
  /** Step of the trace at which the columns start. */
  readonly firstStep: number;
  readonly log: DecisionLog;
  /** Demand in instances per step. */
  readonly demand: Values;
}

/** One compressed block of the page: markup that is inserted on demand, and its charts by name. */
export interface Payload {
  readonly markup: string;
  readonly charts: Readonly<Record<string, Chart>>;
  readonly explanations?: Explanations;
}
