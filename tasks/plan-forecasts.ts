import type { NamedSeries } from '#adapters/local/series/regular-series.ts';
import { isInCalendar } from '#adapters/local/times/calendar-range.ts';
import { DEFAULT_SETTINGS } from '#core/domain/settings/settings.ts';
import { shownSeasons } from '#models/seasons/shown-seasons.ts';
import type { RegularSeries } from '#models/series/series.ts';
import type { ForecastJob } from './forecast-job.ts';

export interface ForecastPlan {
  readonly horizon: number;
  readonly windows: number;
  /** Number of windows that share one training. */
  readonly refit: number;
  readonly levels: readonly number[];
  /** Undefined means those that a series shows. */
  readonly seasons: readonly number[] | undefined;
}

export interface PlannedForecast {
  readonly id: string;
  readonly job: ForecastJob;
}

export interface PlannedForecasts {
  readonly forecasts: readonly PlannedForecast[];
  /** Series that are too short for all windows, or have no measured value. */
  readonly remarks: readonly string[];
}

/**
 * Plans the forecasts of all series and windows. A single window starts after the last observation;
 * several windows end at it. A window that would start before the series is omitted and reported.
 */
export function planForecasts(
  series: readonly NamedSeries[],
  plan: ForecastPlan,
): PlannedForecasts {
  const remarks: string[] = [];
  const forecasts = series.flatMap(({ id, series: values }) => {
    if (!isInCalendar(endOf(values, plan))) {
      remarks.push(`left out: series ${id} would be forecast beyond the year 9999`);
      return [];
    }
    const origins = originsOf(values, plan);
    const missing = plan.windows - origins.length;
    if (missing > 0) {
      remarks.push(`series ${id} is too short for ${missing} of ${plan.windows} windows`);
    }
    return chunks(origins, plan.refit).map((group) => ({ id, job: jobOf(values, group, plan) }));
  });
  return { forecasts, remarks };
}

/** Start of the step after the last one that is forecast. */
function endOf(series: RegularSeries, { horizon }: ForecastPlan): number {
  return series.startSeconds + (series.values.length + horizon) * series.stepSeconds;
}

/** Indices of the first value of each window, increasing; at least one value must precede it. */
function originsOf(series: RegularSeries, { horizon, windows }: ForecastPlan): readonly number[] {
  const end = series.values.findLastIndex((value) => !Number.isNaN(value)) + 1;
  const all =
    windows === 1
      ? [end]
      : Array.from({ length: windows }, (_, window) => end - (windows - window) * horizon);
  return all.filter((origin) => origin >= 1);
}

/**
 * Least number of steps that a forecast reads: a week of hours. On short series a longer context
 * leaves too few steps to compare the models on, and a day is too short; see docs/benchmarks.
 */
const MIN_CONTEXT = 168;

function jobOf(
  series: RegularSeries,
  origins: readonly number[],
  { horizon, levels, seasons: requestedSeasons }: ForecastPlan,
): ForecastJob {
  const { training } = DEFAULT_SETTINGS;
  const known = series.values.subarray(0, origins[0]);
  const seasons = requestedSeasons ?? shownSeasons({ ...series, values: known });
  return {
    // The worker does not receive values after the last origin.
    series: { ...series, values: series.values.slice(0, origins.at(-1)) },
    origins,
    horizon,
    context: Math.max(MIN_CONTEXT, (seasons.at(-1) ?? 0) + (seasons[0] ?? 0)),
    levels,
    trainedLevels: [...new Set([...training.levels, ...levels])].sort((a, b) => a - b),
    seasons,
    groups: training.origins,
  };
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, k) =>
    items.slice(k * size, (k + 1) * size),
  );
}
