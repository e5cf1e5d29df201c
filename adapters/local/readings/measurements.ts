import { RESOURCES, type Resource } from '#core/domain/footprint.ts';

/** Values of one part of a resource, in the order of the file. */
export interface Part {
  readonly isFallback: boolean;
  readonly times: number[];
  readonly values: number[];
}

/** Receives the rows of an application in the order of time, with amounts as RESOURCES. */
export type AddRow = (application: string, seconds: number, amounts: ArrayLike<number>) => void;

/** Values of many series until all files are read: series of one application become its rows. */
export class Measurements {
  private readonly parts = new Map<string, Map<Resource, Map<string, Part>>>();

  part(application: string, resource: Resource, name: string, isFallback: boolean): Part {
    const resources = known(this.parts, application, () => new Map<Resource, Map<string, Part>>());
    const parts = known(resources, resource, () => new Map<string, Part>());
    return known(parts, name, () => ({ isFallback, times: [], values: [] }));
  }

  /** Hands over all rows and forgets them. */
  flush(addRow: AddRow): void {
    for (const [application, resources] of this.parts) {
      const columns = RESOURCES.map((resource) => summed(resources.get(resource)));
      const amounts = new Float64Array(RESOURCES.length);
      const at = columns.map(() => 0);
      for (const seconds of sortedTimes(columns.map(({ times }) => times))) {
        columns.forEach(({ times, values }, r) => {
          const isHere = times[at[r]!] === seconds;
          amounts[r] = isHere ? values[at[r]!]! : NaN;
          if (isHere) at[r]!++;
        });
        addRow(application, seconds, amounts);
      }
      this.parts.delete(application);
    }
  }
}

function known<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}

interface Column {
  /** Increasing. */
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const EMPTY: Column = { times: new Float64Array(0), values: new Float64Array(0) };

/** The sum of the parts that were measured at each time. */
function summed(parts: ReadonlyMap<string, Part> | undefined): Column {
  if (parts === undefined) return EMPTY;
  const all = [...parts.values()];
  const real = sumOf(all.filter(({ isFallback }) => !isFallback).map(inTimeOrder));
  const fallback = sumOf(all.filter(({ isFallback }) => isFallback).map(inTimeOrder));
  if (fallback.times.length === 0) return real;
  const times = sortedTimes([real.times, fallback.times]);
  return {
    times,
    values: filled(filled(new Float64Array(times.length).fill(NaN), times, fallback), times, real),
  };
}

function sumOf(columns: readonly Column[]): Column {
  const [only] = columns;
  if (only === undefined) return EMPTY;
  if (columns.length === 1) return only;
  const times = sortedTimes(columns.map((column) => column.times));
  const values = new Float64Array(times.length).fill(NaN);
  for (const column of columns) {
    let k = 0;
    column.times.forEach((time, i) => {
      while (times[k]! < time) k++;
      const value = column.values[i]!;
      if (!Number.isNaN(value)) values[k] = (Number.isNaN(values[k]!) ? 0 : values[k]!) + value;
    });
  }
  return { times, values };
}

/** Writes the measured values of a column over those of its times. */
function filled(values: Float64Array, times: Float64Array, column: Column): Float64Array {
  let k = 0;
  column.times.forEach((time, i) => {
    while (times[k]! < time) k++;
    if (!Number.isNaN(column.values[i]!)) values[k] = column.values[i]!;
  });
  return values;
}

/** In the order of time; of a time that repeats the last value counts. */
function inTimeOrder({ times, values }: Part): Column {
  const order = Uint32Array.from(times, (_, row) => row);
  if (times.some((time, row) => row > 0 && time < times[row - 1]!)) {
    order.sort((a, b) => times[a]! - times[b]! || a - b);
  }
  const last = order.filter((row, k) => times[order[k + 1] ?? -1] !== times[row]);
  return {
    times: Float64Array.from(last, (row) => times[row]!),
    values: Float64Array.from(last, (row) => values[row]!),
  };
}

/** All times, each once, increasing. */
function sortedTimes(columns: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const times of columns) {
    all.set(times, end);
    end += times.length;
  }
  all.sort();
  return all.filter((time, k) => k === 0 || time !== all[k - 1]);
}
