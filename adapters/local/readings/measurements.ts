import {
  eachTime,
  inTimeOrder,
  preferColumn,
  sumColumns,
  type TimeColumn,
} from '#adapters/local/steps/time-columns.ts';
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
      eachTime(columns, (seconds, amounts) => addRow(application, seconds, amounts));
      this.parts.delete(application);
    }
  }
}

function known<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}

/** The sum of the parts that were measured at each time; fallbacks count where no other was. */
function summed(parts: ReadonlyMap<string, Part> | undefined): TimeColumn {
  const all = [...(parts?.values() ?? [])];
  const sumOf = (some: readonly Part[]) =>
    sumColumns(some.map(({ times, values }) => inTimeOrder(times, values)));
  return preferColumn(
    sumOf(all.filter(({ isFallback }) => !isFallback)),
    sumOf(all.filter(({ isFallback }) => isFallback)),
  );
}
