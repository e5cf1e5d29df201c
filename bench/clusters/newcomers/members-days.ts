import { meanMeasured } from '#core/domain/measured.ts';
import type { TracedApplication } from '../cluster-traces.ts';

/** Days of every member that are looked at. */
const DAYS = 14;
/** A level made of fewer of the hours before, or a day with fewer steps, says little. */
const LEAST_MEASURED = 0.7;

/** What of a newcomer is known, and what is to be forecast. */
export interface Newcomer {
  /** First step that is forecast. */
  readonly origin: number;
  /** Steps that were measured before it. */
  readonly age: number;
  /** Steps ahead of the forecast, counted from 0. */
  readonly steps: readonly number[];
  readonly stepSeconds: number;
}

/**
 * Quantiles of what followed on the days of the members, each day on the level of the hours before
 * it: as many hours as the newcomer has been measured for, at the same time of day. They are level-
 * free: times the mean of a newcomer's hours they forecast it.
 * @returns row-major [steps × levels]; null where the members have no such day.
 */
export function membersDays(
  members: readonly TracedApplication[],
  { origin, age, steps, stepSeconds }: Newcomer,
  levels: readonly number[],
): Float64Array | null {
  const day = 86_400 / stepSeconds;
  const futures: Float64Array[] = [];
  for (const { window } of members) {
    const { cpu } = window.values;
    for (let start = origin - day; start >= Math.max(age, origin - DAYS * day); start -= day) {
      const before = cpu.subarray(start - age, start);
      const level = meanMeasured(before);
      if (level === null || level <= 0 || measuredShare(before) < LEAST_MEASURED) continue;
      const after = Float64Array.from(steps, (step) => cpu[start + step]! / level);
      if (measuredShare(after) >= LEAST_MEASURED) futures.push(after);
    }
  }
  return futures.length === 0 ? null : quantilesByStep(futures, levels);
}

/**
 * Quantiles of the use of the members at the same time of day, whatever the newcomer uses: what is
 * known of it before it was measured.
 */
export function membersUse(
  members: readonly TracedApplication[],
  { origin, steps, stepSeconds }: Newcomer,
  levels: readonly number[],
): Float64Array | null {
  const day = 86_400 / stepSeconds;
  const days: Float64Array[] = [];
  for (const { window } of members) {
    for (let start = origin - day; start >= Math.max(0, origin - DAYS * day); start -= day) {
      const use = Float64Array.from(steps, (step) => window.values.cpu[start + step]!);
      if (measuredShare(use) >= LEAST_MEASURED) days.push(use);
    }
  }
  return days.length === 0 ? null : quantilesByStep(days, levels);
}

const measuredShare = (values: Float64Array): number =>
  values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0) / values.length;

function quantilesByStep(
  rows: readonly Float64Array[],
  levels: readonly number[],
): Float64Array | null {
  const steps = rows[0]!.length;
  const quantiles = new Float64Array(steps * levels.length);
  for (let step = 0; step < steps; step++) {
    const sorted = Float64Array.from(rows, (row) => row[step]!)
      .filter((value) => !Number.isNaN(value))
      .sort();
    if (sorted.length === 0) return null;
    levels.forEach((level, column) => {
      const at = Math.min(sorted.length - 1, Math.floor(level * sorted.length));
      quantiles[step * levels.length + column] = sorted[at]!;
    });
  }
  return quantiles;
}
