import { createAlarmThreshold, type AlarmThreshold } from './alarm-threshold.ts';
import { createDetectorMemory } from './detector-memory.ts';
import {
  createMetricDetector,
  METRIC_MEMORY_BYTES,
  type MetricDetector,
} from './metric-detector.ts';

const THRESHOLD_BYTES = 56;

export interface MonitoredMetric {
  readonly detector: MetricDetector;
  readonly threshold: AlarmThreshold;
  /** Both as text for a JSON state. */
  save(): string;
}

/** Gives detector and threshold of a metric as they were saved; new ones from null or from another form. */
export type OpenMetric = (saved: string | null) => MonitoredMetric;

/**
 * Opens metrics that were left open: one that is asked for as it was last saved goes on, which gives the same bits as opening it
 * anew and is many times as fast. For a replay, which comes back to a metric step after step.
 */
export function createOpenMetrics(): OpenMetric {
  const left = new Map<string, MonitoredMetric>();
  return (saved) => {
    const known = saved === null ? undefined : left.get(saved);
    // From here on it may differ from what was saved.
    if (saved !== null) left.delete(saved);
    if (known) return known;
    const metric = openMetric(saved);
    const kept = {
      ...metric,
      save: () => {
        const text = metric.save();
        left.set(text, kept);
        return text;
      },
    };
    return kept;
  };
}

/** Opens a metric from its bytes. */
export function openMetric(saved: string | null): MonitoredMetric {
  const bytes = saved === null ? null : Buffer.from(saved, 'base64');
  const known = bytes?.length === METRIC_MEMORY_BYTES + THRESHOLD_BYTES ? bytes : null;
  const detector = createMetricDetector(known?.subarray(0, METRIC_MEMORY_BYTES) ?? null);
  const memory = createDetectorMemory(
    THRESHOLD_BYTES,
    known?.subarray(METRIC_MEMORY_BYTES) ?? null,
  );
  return {
    detector,
    threshold: createAlarmThreshold(memory),
    save: () => Buffer.concat([detector.save(), memory.bytes()]).toString('base64'),
  };
}
