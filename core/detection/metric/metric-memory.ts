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
  let left: readonly LeftOpen[] = [];
  return (saved) => {
    // The very same text: comparing takes no time, a hash of eight thousand characters would.
    const known = left.find(({ text }) => text === saved);
    // From here on it may differ from what was saved.
    if (known) left = left.filter((other) => other !== known);
    const metric = known?.metric ?? openMetric(saved);
    return {
      ...metric,
      save: () => {
        const text = metric.save();
        left = [...left, { text, metric }];
        return text;
      },
    };
  };
}

interface LeftOpen {
  readonly text: string;
  readonly metric: MonitoredMetric;
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
