import { join } from 'node:path';
import { perResource } from '#core/domain/footprint.ts';
import { DEFAULT_SETTINGS, type Settings } from '#core/domain/settings/settings.ts';
import { readSeries } from '#test/models/read-m4.ts';
import { clusterTraces, type TracedApplication } from '../cluster-traces.ts';

/** Applications on one grid, half of which are newcomers to the other half. */
export interface NewcomerFleet {
  readonly applications: readonly TracedApplication[];
  readonly settings: Settings;
  /** Fleets of one owner are learned from together, so that no other one of his is. */
  readonly owner: string;
}

type Reader = () => Promise<NewcomerFleet>;

/** CPU alone: four resources would take four times as long. */
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, resources: ['cpu'] };

const HOUR = 3600;
const HOURLY: Settings = {
  ...SETTINGS,
  stepSeconds: HOUR,
  training: { ...SETTINGS.training, context: 168, horizon: 24 },
};

/** Every tenth series of the competition. */
const M4_EVERY = 10;
const M4_START_SECONDS = Date.UTC(2015, 0, 1) / 1000;

/** Whose a trace is, and of which every so many-th application is taken. */
const TRACES = new Map([
  ['sample-fleet', { owner: 'sample', every: 1 }],
  ['resource-pools', { owner: 'pools', every: 1 }],
  ['azure-vms', { owner: 'azure', every: 2 }],
  ['azure-periodic', { owner: 'azure', every: 2 }],
  ['bitbrains-2013-08', { owner: 'bitbrains', every: 1 }],
  ['bitbrains-2013-09', { owner: 'bitbrains', every: 1 }],
]);

/**
 * Hourly series from a common start. Each is divided by its mean, as their units have nothing in
 * common.
 */
async function hourlySeries(file: string): Promise<NewcomerFleet> {
  const all = [...readSeries(file)].filter((_, k) => k % M4_EVERY === 4);
  const steps = Math.min(...all.map(([, values]) => values.length));
  const applications = all.map(([id, values]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const cpu = values.slice(0, steps).map((value) => value / mean);
    const nothing = new Float64Array(steps).fill(NaN);
    const byResource = perResource((resource) => (resource === 'cpu' ? cpu : nothing));
    const window = { startSeconds: M4_START_SECONDS, stepSeconds: HOUR, values: byResource };
    return { id, type: null, window, label: null, isSteady: true };
  });
  return { applications, settings: HOURLY, owner: 'm4' };
}

/** Every fleet by its name, read when it is asked for. */
export function newcomerFleets(data: string): ReadonlyMap<string, Reader> {
  const traces = [...clusterTraces(data)].map(([name, read]): [string, Reader] => [
    name,
    async () => {
      const { owner, every } = TRACES.get(name)!;
      const applications = (await read()).filter((_, k) => k % every === 0);
      return { applications, settings: SETTINGS, owner };
    },
  ]);
  return new Map([
    ...traces,
    ['m4-hourly', () => hourlySeries(join(data, 'm4-hourly/train.csv.gz'))],
  ]);
}
