import type { Resource } from '#core/domain/footprint.ts';

/** Unit in which values of a resource are shown: value ÷ divisor. */
export interface DisplayUnit {
  readonly label: string;
  readonly divisor: number;
}

const UNITS: Readonly<Record<Resource, readonly DisplayUnit[]>> = {
  cpu: [{ label: 'cores', divisor: 1 }],
  memory: [
    { label: 'GiB', divisor: 2 ** 30 },
    { label: 'MiB', divisor: 2 ** 20 },
  ],
  disk: [
    { label: 'MB/s', divisor: 1e6 },
    { label: 'kB/s', divisor: 1e3 },
  ],
  network: [
    { label: 'MB/s', divisor: 1e6 },
    { label: 'kB/s', divisor: 1e3 },
  ],
};

export const RESOURCE_LABELS: Readonly<Record<Resource, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  disk: 'Disk',
  network: 'Network',
};

/**
 * The largest unit in which `largest` (in the resource's own unit) is at least 1, otherwise the
 * smallest unit.
 */
export function displayUnit(resource: Resource, largest: number): DisplayUnit {
  const units = UNITS[resource];
  return units.find((unit) => largest >= unit.divisor) ?? units[units.length - 1]!;
}
