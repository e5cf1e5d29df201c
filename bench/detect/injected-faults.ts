/** Rows of a day of five-minute steps. */
const DAY_ROWS = 288;

/** A fault laid over a measured series from one row on. */
export interface Fault {
  readonly kind: FaultKind;
  readonly rows: number;
  /** What the series shows instead of `value`, `age` rows into the fault. */
  readonly change: (value: number, age: number, context: FaultContext) => number;
}

export interface FaultContext {
  /** Mean and standard deviation of the two weeks before, and the row before the fault. */
  readonly mean: number;
  readonly deviation: number;
  readonly last: number;
  readonly random: () => number;
}

export const FAULT_KINDS = [
  'spike',
  'level shift',
  'leak',
  'flatline',
  'drop to zero',
  'season lost',
  'noise up',
  'slow drift',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** How large a fault is beside the series' own movement: at least so many deviations and this share of the mean. */
const size = ({ mean, deviation }: FaultContext): number => Math.max(3 * deviation, mean);

/** The eight kinds, in the order of FAULT_KINDS. */
export const FAULTS: readonly Fault[] = [
  { kind: 'spike', rows: 6, change: (value, _, context) => value + 2 * size(context) },
  { kind: 'level shift', rows: DAY_ROWS, change: (value, _, context) => value + size(context) },
  {
    kind: 'leak',
    rows: DAY_ROWS,
    change: (value, age, context) => value + (2 * size(context) * age) / DAY_ROWS,
  },
  { kind: 'flatline', rows: DAY_ROWS, change: (_, __, { last }) => last },
  { kind: 'drop to zero', rows: DAY_ROWS / 4, change: () => 0 },
  { kind: 'season lost', rows: 2 * DAY_ROWS, change: (_, __, { mean }) => mean },
  {
    kind: 'noise up',
    rows: DAY_ROWS,
    change: (value, _, context) => Math.max(0, value + size(context) * (2 * context.random() - 1)),
  },
  {
    kind: 'slow drift',
    rows: 4 * DAY_ROWS,
    change: (value, age, context) => value + (2 * size(context) * age) / (4 * DAY_ROWS),
  },
];
