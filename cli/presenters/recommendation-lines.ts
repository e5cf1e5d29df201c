import type { SizeRecommendation } from '#core/capacity/recommend-size.ts';
import { formatNumber } from '#html-report/text/format.ts';

/** The cheapest instance type for people; that there is none to recommend where there is none. */
export function recommendationLines([best]: readonly SizeRecommendation[]): readonly string[] {
  if (best === undefined) return ['no instance type recommended: nothing measured that they limit'];
  const { type, meanInstances, peakInstances, costPerHour } = best;
  return [
    `cheapest instance type: ${type}, ${formatNumber(meanInstances)} on average, ${peakInstances} at most, ${formatNumber(costPerHour)} per hour`,
  ];
}
