import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
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

/** What is known of a machine before a step. */
export const past = ({ window }: Machine, end: number): FootprintWindow =>
  sliceWindow(window, 0, end);
