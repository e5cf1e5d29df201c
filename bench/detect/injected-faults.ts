import type { FootprintWindow } from '#core/domain/footprint.ts';

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

/**
 * How large a fault is beside the series' own movement: at least so many deviations and this share
 * of the mean.
 */
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

export const FAULTS_WANTED = 100;
/** Two faults of one application lie apart; both come after two weeks of history. */
const FAULT_ROWS = [4_400, 6_600];
export const FAULTS_PER_APPLICATION = FAULT_ROWS.length;
export const HISTORY_ROWS = 4_032;

export interface Injected {
  readonly fault: Fault;
  readonly fromRow: number;
}

export interface SpoiltApplication {
  readonly window: FootprintWindow;
  readonly rows: number;
  readonly faults: readonly Injected[];
}

/** Lays the faults of the application of this number over its CPU. */
export function inject(
  window: FootprintWindow,
  application: number,
  random: () => number,
): SpoiltApplication {
  const cpu = window.values.cpu.slice();
  const faults = FAULT_ROWS.map((fromRow, k) => {
    const fault = FAULTS[(application * FAULT_ROWS.length + k) % FAULTS.length]!;
    const past = cpu.slice(fromRow - HISTORY_ROWS, fromRow).filter(Number.isFinite);
    const mean = past.reduce((sum, value) => sum + value, 0) / past.length;
    const square = past.reduce((sum, value) => sum + (value - mean) ** 2, 0) / past.length;
    const context = { mean, deviation: Math.sqrt(square), last: past.at(-1)!, random };
    for (let age = 0; age < fault.rows; age++) {
      cpu[fromRow + age] = fault.change(cpu[fromRow + age]!, age, context);
    }
    return { fault, fromRow };
  });
  return { window: { ...window, values: { ...window.values, cpu } }, rows: cpu.length, faults };
}
