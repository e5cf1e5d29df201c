import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { refineClusters } from '#core/clustering/refine-clusters.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { ClusterProfile } from '#core/domain/profiles.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { sliceWindow } from '#core/domain/window-slice.ts';

/** CPU alone: a table of four resources would take four times as long. */
export const SETTINGS: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] };

export interface Machine {
  readonly id: string;
  readonly window: FootprintWindow;
}

/** Machines and the step at which their last tenth begins. */
export interface Fleet {
  readonly machines: readonly Machine[];
  readonly cut: number;
}

export interface FleetRequest {
  readonly data: string;
  readonly month: string;
  readonly every: number;
  readonly offset: number;
}

/** Machines with two weeks before the cut. */
export async function readFleet({ data, month, every, offset }: FleetRequest): Promise<Fleet> {
  const { applications, steps } = await readTrace([join(data, `${month}.parquet`)]);
  const cut = Math.floor(0.9 * steps);
  const machines = applications
    .filter((_, k) => k % every === offset)
    .map(({ applicationId: id, window }) => ({ id, window }))
    .filter(({ window }) => {
      const first = window.values.cpu.findIndex((value) => !Number.isNaN(value));
      return first !== -1 && cut - first >= 2 * 2016;
    });
  return { machines, cut };
}

/** What is known of a machine before a step, from another one on. */
export function past({ window }: Machine, end: number, from = 0): FootprintWindow {
  const known = sliceWindow(window, 0, end);
  if (from === 0) return known;
  const values = { ...known.values, cpu: known.values.cpu.map((v, k) => (k < from ? NaN : v)) };
  return { ...known, values };
}

/** Clusters by what the machines did before the cut, as the product finds them. */
export function clustersOf(
  machines: readonly Machine[],
  known: (machine: Machine) => FootprintWindow,
): readonly ClusterProfile[] {
  return refineClusters({
    previous: [],
    applications: machines.map((machine) => ({
      applicationId: machine.id,
      applicationType: null,
      window: known(machine),
      divergenceStreak: 0,
    })),
    settings: SETTINGS.clustering,
    resources: SETTINGS.resources,
  }).clusters;
}
