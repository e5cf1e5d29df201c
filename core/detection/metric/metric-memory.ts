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
  /** Detector and threshold as text, for a JSON state. */
  save(): string;
}

/**
 * Restores the detector and the threshold of a metric. Creates new ones if `saved` is null or has
 * another form.
 */
export type OpenMetric = (saved: string | null) => MonitoredMetric;

/**
 * Opens metrics and keeps them in memory after they were saved. If a metric is opened with the text
 * of its last save, the object in memory is returned. This gives the same results as parsing the
 * text, and is much faster in a replay, which opens the same metrics in every step.
 */
export function createOpenMetrics(): OpenMetric {
  let left: readonly LeftOpen[] = [];
  return (saved) => {
    // Comparing two references to the same string is free, while a hash would read all its
    // characters.
    const restored = left.find(({ text }) => text === saved);
    // The open metric may change from here on, so its saved text no longer describes it.
    if (restored) left = left.filter((other) => other !== restored);
    const metric = restored?.metric ?? openMetric(saved);
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

/** Restores a metric from its bytes. */
export function openMetric(saved: string | null): MonitoredMetric {
  const block = new Uint8Array(METRIC_MEMORY_BYTES + THRESHOLD_BYTES);
  const bytes = saved === null ? null : Buffer.from(saved, 'base64');
  if (bytes?.length === block.length) block.set(bytes);
  return {
    detector: createMetricDetector(createDetectorMemory(block.subarray(0, METRIC_MEMORY_BYTES))),
    threshold: createAlarmThreshold(createDetectorMemory(block.subarray(METRIC_MEMORY_BYTES))),
    save: () => Buffer.from(block.buffer).toString('base64'),
  };
}
