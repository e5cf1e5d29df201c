import { seasonSteps } from '#models/contract/season-steps.ts';
import { fillGaps } from '#models/series/fill-gaps.ts';
import type { RegularSeries } from '#models/series/series.ts';
import { trimSeries } from '#models/series/trim-series.ts';
import { findSeason, withoutTrend } from './find-season.ts';
import { leastStrength, seasonStrength } from './season-strength.ts';

/**
 * The seasons of a series in steps, shortest first: a day and a week where the series shows one of
 * them or no other season, else the season that it shows.
 * @param series with gaps (NaN).
 */
export function shownSeasons(series: RegularSeries): readonly number[] {
  const calendar = seasonSteps({ stepSeconds: series.stepSeconds });
  const { values } = trimSeries(series);
  const gapless = fillGaps(values, 0, values.length);
  const rest = withoutTrend(gapless);
  const isShown = calendar.some(
    (season) => seasonStrength(rest, season) >= leastStrength(rest.length, season),
  );
  const found = isShown ? null : findSeason(gapless);
  return found === null ? calendar : [found];
}
