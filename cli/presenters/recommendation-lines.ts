import type { SizeRecommendation } from '#core/capacity/recommend-size.ts';
import { formatNumber } from '#html-report/text/format.ts';

/** The cheapest instance type as text, or a line that there is no recommendation. */
export function recommendationLines([best]: readonly SizeRecommendation[]): readonly string[] {
  if (best === undefined) {
    return ['no instance type recommended: no limiting resource was measured'];
  }
  const { type, meanInstances, peakInstances, costPerHour } = best;
  return [
    `cheapest instance type: ${type}, ${formatNumber(meanInstances)} on average, ${peakInstances} at most, ${formatNumber(costPerHour)} per hour`,
  ];
}
