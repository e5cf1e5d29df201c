import { emptyWindow } from '#adapters/time-grid/window-slots.ts';
import type { FootprintWindow } from '#core/domain/footprint.ts';
import type { TimeRange } from '#core/domain/ports.ts';
import { applicationName } from './application-name.ts';
import { queriedResources, withIntervals, type ChosenQueries } from './choose-queries.ts';
import type { QuerySeries } from './matrix.ts';
import type { PrometheusClient } from './prometheus-client.ts';
import { MOST_POINTS, readRange } from './read-range.ts';

/** Values of one answer. Parsed, a value takes some hundred bytes here for a moment. */
const ANSWER_VALUES = 500_000;
/** Days of one query at most: what a server can answer from a few blocks of its store. */
const MOST_SECONDS = 7 * 86_400;

/** Footprints of all applications over one window of time, on one grid; NaN is a gap. */
export interface FootprintChunk {
  readonly range: TimeRange;
  readonly windows: ReadonlyMap<string, FootprintWindow>;
}

export interface FootprintRequest {
  readonly chosen: ChosenQueries;
  /** Multiples of the step. */
  readonly range: TimeRange;
  readonly stepSeconds: number;
  /** Applications to expect, for the size of an answer. */
  readonly expected: number;
}

/**
 * The footprints of the range in windows, oldest first, each small enough for one answer. The server
 * works on the next answer while the last one is taken.
 */
export async function* readFootprints(
  client: PrometheusClient,
  { chosen, range, stepSeconds, expected }: FootprintRequest,
): AsyncGenerator<FootprintChunk> {
  const parts = rangeWindows(range, stepSeconds, expected);
  const resources = queriedResources(chosen.queries);
  const questions = parts.flatMap((part) => resources.map(([, query]) => ({ part, query })));
  const ask = ({ part, query }: (typeof questions)[number]) => {
    // A value at t is measured over the step that ends at t.
    const answer = readRange(client, withIntervals(query, stepSeconds), {
      fromSeconds: part.fromSeconds + stepSeconds,
      toSeconds: part.toSeconds,
      stepSeconds,
    });
    // Who stops to read does not wait for it.
    answer.catch(() => undefined);
    return answer;
  };
  const ahead = questions[Symbol.iterator]();
  const askNext = () => {
    const { value } = ahead.next();
    return value === undefined ? null : ask(value);
  };
  let next = askNext();
  for (const part of parts) {
    const windows = new Map<string, FootprintWindow>();
    for (const [resource] of resources) {
      const answers = (await next) ?? [];
      next = askNext();
      for (const series of answers) {
        const name = applicationName(series.labels, chosen.by);
        const window = windows.get(name) ?? emptyWindow(part, stepSeconds);
        windows.set(name, window);
        addSeries(window, resource, series);
      }
    }
    yield { range: part, windows };
  }
}

/** Splits a range into windows of at most 11,000 points, a week, and so many values an answer. */
export function rangeWindows(
  { fromSeconds, toSeconds }: TimeRange,
  stepSeconds: number,
  series: number,
): readonly TimeRange[] {
  const most = Math.min(
    MOST_POINTS - 1,
    Math.floor(MOST_SECONDS / stepSeconds),
    Math.floor(ANSWER_VALUES / Math.max(1, series)),
  );
  const width = Math.max(1, most) * stepSeconds;
  const windows: TimeRange[] = [];
  for (let from = fromSeconds; from < toSeconds; from += width) {
    windows.push({ fromSeconds: from, toSeconds: Math.min(from + width, toSeconds) });
  }
  return windows;
}

/** Series of one name are added up: the user asked for fewer labels than the query leaves. */
function addSeries(
  { startSeconds, stepSeconds, values }: FootprintWindow,
  resource: keyof FootprintWindow['values'],
  series: QuerySeries,
): void {
  const column = values[resource];
  series.times.forEach((time, k) => {
    const step = Math.round((time - startSeconds) / stepSeconds) - 1;
    const value = series.values[k]!;
    // Usage is never negative; a query may be, as a difference of two gauges.
    if (Number.isNaN(value) || value < 0 || step < 0 || step >= column.length) return;
    const before = column[step]!;
    column[step] = Number.isNaN(before) ? value : before + value;
  });
}
