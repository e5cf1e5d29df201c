import type { DecisionLog } from '#evaluation/replay/decision-log.ts';

/**
 * What the page's script draws: plain JSON, made by the renderer, read by client/. Values are in the unit that is shown,
 * rounded; null means "not measured".
 */
export type Chart = FrontierChart | WeekChart | HistoryChart | FanChart | AllocationChart;

export type Values = readonly (number | null)[];

/** Columns that share their times: step k of the trace is at startSeconds + k · stepSeconds. */
export interface Columns {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** First step, then the distance to the step before. */
  readonly stepGaps: readonly number[];
  readonly values: Readonly<Record<string, Values>>;
}

export interface FrontierChart {
  readonly kind: 'frontier';
  /** Unserved demand in percent that the picture reaches up to. */
  readonly tallest: number;
  readonly policies: readonly {
    readonly label: string;
    /** Position in POLICY_STYLES. */
    readonly style: number;
    /** [instance-hours, unserved demand in percent, knob] */
    readonly points: readonly (readonly [number, number, number])[];
    /** Where the policy stands with its current setting; null where it was not replayed. */
    readonly current: readonly [number, number] | null;
  }[];
}

/** Strips above each other, one per resource, over the 168 hours of a week from Monday 00:00 UTC. */
export interface WeekChart {
  readonly kind: 'week';
  readonly strips: readonly { readonly label: string; readonly values: Values }[];
}

export interface Band {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly label: string;
}

/** `columns.values`: actual, and where there is a forecast lower, median, upper. */
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

/** What is needed to say of any step why its allocation is what it is. */
export interface Explanations {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  /** Step of the trace that the columns begin with. */
  readonly firstStep: number;
  readonly log: DecisionLog;
  /** Demand in instances per step. */
  readonly demand: Values;
}

/** One compressed block of the page: markup that is inserted when it is wanted, and the charts it refers to by name. */
export interface Payload {
  readonly markup: string;
  readonly charts: Readonly<Record<string, Chart>>;
  readonly explanations?: Explanations;
}
