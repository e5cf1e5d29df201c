import { openMetric } from '#core/detection/metric/metric-memory.ts';
import type { LabelledFile } from './labelled-files.ts';

/**
 * 1 where monitoring would see a strange step at so many false alerts per metric and week: the
 * severity passes what the metric's own past, up to that row, reaches as often. Nothing of it is
 * chosen on the labels.
 */
export function knobAlarms({ times, values }: LabelledFile, alertsPerWeek: number): Float64Array {
  const { detector, threshold } = openMetric(null);
  return values.map((value, row) => {
    const { severity } = detector.score(times[row]!, value);
    const isStrange = severity >= threshold.at(alertsPerWeek);
    threshold.learn(severity, detector.rowsPerDay());
    return isStrange ? 1 : 0;
  });
}
