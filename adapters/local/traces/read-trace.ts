import { NO_INPUT_OPTIONS, type InputOptions } from '#adapters/local/readings/input-options.ts';
import { Measurements } from '#adapters/local/readings/measurements.ts';
import { OptionUse } from '#adapters/local/readings/option-use.ts';
import { cellBudget } from '#adapters/local/tables/cell-budget.ts';
import { buildTrace } from './build-trace.ts';
import { readInput } from './read-input.ts';
import { takeRates } from './take-rates.ts';
import { rowsOfApplication, type TraceRows } from './trace-rows.ts';
import type { Trace } from './trace.ts';

export interface ReadTraceOptions {
  /** Step of the trace in seconds; inferred if undefined. */
  readonly stepSeconds?: number | undefined;
  /** What the user says of the files. */
  readonly input?: InputOptions;
}

/**
 * Reads footprint traces, in any format of docs/files.md, as one trace on one regular grid. If two
 * rows, of the same file or of two files, measured the same step, the later one counts.
 * @throws InputError that names file, line, column and the fault.
 * @throws RangeError if there is no path, or the step is not a positive whole number of seconds.
 */
export async function readTrace(
  paths: readonly string[],
  { stepSeconds, input }: ReadTraceOptions = {},
): Promise<Trace> {
  requireUsableStep(stepSeconds);
  const { rows, notices } = await readRowsOf(paths, input);
  const trace = buildTrace(paths, rows, stepSeconds);
  return { ...trace, notices: [...notices, ...trace.notices] };
}

/** @throws RangeError if the step is not a positive whole number of seconds. */
export function requireUsableStep(stepSeconds: number | undefined): void {
  if (stepSeconds !== undefined && !(Number.isInteger(stepSeconds) && stepSeconds > 0)) {
    throw new RangeError(`the step must be a positive whole number of seconds, not ${stepSeconds}`);
  }
}

/** What a machine with a few gigabytes can hold, as all rows are in memory at once. */
const MOST_CELLS = 100e6;

/** The rows of all files, by application, and what the user should know of how they were read. */
export async function readRowsOf(
  paths: readonly string[],
  input: InputOptions = NO_INPUT_OPTIONS,
): Promise<{ readonly rows: TraceRows; readonly notices: readonly string[] }> {
  if (paths.length === 0) throw new RangeError('a trace needs at least one path, not 0');
  const into: TraceRows = new Map();
  const measurements = new Measurements();
  const target = { into, measurements, budget: cellBudget(MOST_CELLS) };
  const { resources, ...options } = input;
  const use = new OptionUse();
  for (const [k, path] of paths.entries()) {
    await readInput(path, target, {
      ...options,
      resource: resources[k] ?? resources[0] ?? null,
      use,
    });
  }
  measurements.flush((application, seconds, amounts) =>
    rowsOfApplication(into, application, paths[0]!).add(seconds, amounts),
  );
  takeRates(into, input.units, use);
  return { rows: into, notices: use.notices(input) };
}
