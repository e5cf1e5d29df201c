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

/** Detector and threshold of a metric as they were saved; new ones from null or from another form. */
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
