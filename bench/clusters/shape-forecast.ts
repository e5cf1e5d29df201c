import { meanMeasured } from '#core/domain/measured.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import type { TracedApplication } from './cluster-traces.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const LEAST_SHAPE = 0.2;

/**
 * Error of forecasting one day by the average footprint of a cluster: its hour of the week, on the
 * level of the application's last day. It shows what belonging to a cluster is worth, without the
 * cost of training a model for every trial. Sum of absolute errors ÷ sum of the values.
 * @param step first step of the day.
 * @returns null where nothing was measured, or nothing used.
 */
export function shapeError(
  { window }: TracedApplication,
  { averageFootprint }: Pick<ClusterProfile, 'averageFootprint'>,
  step: number,
): number | null {
  const { cpu } = window.values;
  const day = DAY / window.stepSeconds;
  const level = meanMeasured(cpu.subarray(step - day, step));
  const shapeOf = weekShape(averageFootprint.cpu ?? []);
  if (level === null || shapeOf === null) return null;
  const lastDay = window.startSeconds + step * window.stepSeconds - DAY;
  const usual = meanShape(shapeOf, lastDay);
  let [error, sum] = [0, 0];
  for (let k = step; k < Math.min(step + day, cpu.length); k++) {
    if (Number.isNaN(cpu[k]!)) continue;
    const shape = shapeOf(window.startSeconds + k * window.stepSeconds) / usual;
    error += Math.abs(cpu[k]! - level * shape);
    sum += cpu[k]!;
  }
  return sum > 0 ? error / sum : null;
}

/** Use by hour of the week, as a multiple of its mean. */
function weekShape(
  series: readonly (readonly [number, number])[],
): ((seconds: number) => number) | null {
  const mean = series.reduce((sum, [, value]) => sum + value, 0) / series.length;
  if (!(mean > 0)) return null;
  const byHour = new Map(series.map(([at, value]) => [at % (7 * DAY), value / mean]));
  return (seconds) => byHour.get((Math.floor(seconds / HOUR) * HOUR) % (7 * DAY)) ?? 1;
}

/** Of the day from then on; a day that is nearly idle says little of the level. */
function meanShape(shapeOf: (seconds: number) => number, fromSeconds: number): number {
  let sum = 0;
  for (let hour = 0; hour < 24; hour++) sum += shapeOf(fromSeconds + hour * HOUR);
  return Math.max(LEAST_SHAPE, sum / 24);
}
