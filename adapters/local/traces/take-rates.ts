import type { FileOptions } from '#adapters/local/readings/input-options.ts';
import { findStep } from '#adapters/local/steps/find-step.ts';
import { rowSteps } from '#adapters/local/steps/row-steps.ts';
import type { Unit } from '#adapters/local/values/unit.ts';
import { RESOURCES, type Resource } from '#core/domain/footprint.ts';
import type { ApplicationRows } from './application-rows.ts';
import type { TraceRows } from './trace-rows.ts';

/**
 * Converts, in place, the columns whose unit is a sum over each step or a counter into rates per
 * second. The rate of a counter at a row is its growth since the row before; a reset and the first
 * row have none.
 */
export function takeRates(
  rows: TraceRows,
  units: Readonly<Partial<Record<Resource, Unit>>>,
  use: FileOptions['use'],
): void {
  for (const resource of RESOURCES) {
    const per = units[resource]?.per ?? 'value';
    if (per === 'value') continue;
    for (const application of rows.values()) {
      const values = application.valuesInFileOrder(resource);
      if (values !== null) use.mark(`unit ${resource}`);
      if (values !== null && per === 'counter') counterRate(application.timesInFileOrder(), values);
      else if (values !== null) stepRate(application, values);
    }
  }
}

function stepRate(application: ApplicationRows, values: Float64Array): void {
  const { step } = findStep(rowSteps(application.timesInFileOrder()).differences);
  // A single row has no step, so nothing is known of its rate.
  for (let row = 0; row < values.length; row++) values[row] = values[row]! / (step ?? NaN);
}

function counterRate(times: Float64Array, totals: Float64Array): void {
  const before = totals.slice();
  const order = Uint32Array.from(times, (_, row) => row).sort(
    (a, b) => times[a]! - times[b]! || a - b,
  );
  totals.fill(NaN);
  let last = -1;
  for (const row of order) {
    if (Number.isNaN(before[row]!)) continue;
    const growth = last < 0 ? NaN : before[row]! - before[last]!;
    const seconds = last < 0 ? NaN : times[row]! - times[last]!;
    if (growth >= 0 && seconds > 0) totals[row] = growth / seconds;
    last = row;
  }
}
