import { join } from 'node:path';
import { readTrace } from '#adapters/local/traces/read-trace.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { SAMPLE_START_SECONDS } from '#evaluation/sample-fleet/sample-defaults.ts';
import { createSampleFleet } from '#evaluation/sample-fleet/sample-fleet.ts';
import type { ForecastShape } from '#models/contract/forecast-model.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { readSeries } from '#test/models/read-m4.ts';

/**
 * Series of one source, the shape they are forecast with and the steps between two held-out
 * forecasts.
 */
export interface AblationTrace {
  readonly name: string;
  readonly shape: ForecastShape;
  readonly stride: number;
  readonly series: readonly RegularSeries[];
}

const { training, stepSeconds } = DEFAULT_SETTINGS;
const { context, horizon, levels } = training;
const FIVE_MINUTES: ForecastShape = { stepSeconds, context, horizon, levels };
const FOUR_HOURS = 48;

const M4_SHAPE: ForecastShape = {
  stepSeconds: 3600,
  context: 192,
  horizon: 48,
  levels,
  seasons: [24, 168],
};
const M4_STRIDE = 12;
const M4_START_SECONDS = Date.UTC(2015, 0, 1) / 1000;

/** Another fleet than the one that the replay shows. */
const SAMPLE = { seed: 2, startSeconds: SAMPLE_START_SECONDS, days: 28 };

/**
 * Bitbrains machines that neither the pool's shares nor the replay of 20 machines were made with.
 */
const isFreshMachine = (index: number): boolean => index % 8 === 3 && index % 10 !== 9;

type Reader = () => Promise<Omit<AblationTrace, 'name'>>;

function traceFile(file: string, chosen: (index: number) => boolean): Reader {
  return async () => {
    const { applications } = await readTrace([file]);
    const series = applications
      .filter((_, index) => chosen(index))
      .map(({ window }) => ({ ...window, values: window.values.cpu }));
    return { shape: FIVE_MINUTES, stride: FOUR_HOURS, series };
  };
}

const sampleFleet: Reader = async () => {
  const series = createSampleFleet(SAMPLE).applications.map(({ window }) => {
    return { ...window, values: window.values.cpu };
  });
  return { shape: FIVE_MINUTES, stride: FOUR_HOURS, series };
};

function m4(directory: string): Reader {
  return async () => {
    const series = [...readSeries(join(directory, 'train.csv.gz')).values()]
      .filter((_, index) => index % 10 === 4)
      .map((values) => ({ startSeconds: M4_START_SECONDS, stepSeconds: 3600, values }));
    return { shape: M4_SHAPE, stride: M4_STRIDE, series };
  };
}

/** Every source by its name, read when it is asked for. */
export function ablationTraces(data: string): ReadonlyMap<string, Reader> {
  return new Map([
    ['bitbrains-2013-08', traceFile(join(data, 'bitbrains-rnd/2013-08.parquet'), isFreshMachine)],
    ['bitbrains-2013-09', traceFile(join(data, 'bitbrains-rnd/2013-09.parquet'), isFreshMachine)],
    ['resource-pools', traceFile(join(data, 'resource-pools/2024-08.parquet'), () => true)],
    ['azure-vms', traceFile(join(data, 'azure-vms/2016-11.parquet'), (k) => k % 5 < 2)],
    ['azure-periodic', traceFile(join(data, 'azure-vms/periodic.parquet'), (k) => k % 2 === 0)],
    ['web-requests', traceFile(join(data, 'web-requests/5min.parquet'), () => true)],
    ['sample-fleet', sampleFleet],
    ['m4-hourly', m4(join(data, 'm4-hourly'))],
  ]);
}
