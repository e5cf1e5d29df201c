/** How CloudWatch measures a group. */
export interface MonitoringRules {
  /** Seconds between two samples of an instance: 300 with basic, 60 with detailed monitoring. */
  readonly sampleSeconds: 60 | 300;
  /** Seconds after its end until a sample can be read. */
  readonly delaySeconds: number;
  /** Whether the group publishes its number of instances. */
  readonly hasGroupMetrics: boolean;
  /** Seconds after a minute until that number can be read; `delaySeconds` where absent. */
  readonly groupDelaySeconds?: number;
  /** Seconds after a minute until other metrics can be read; those absent are not published. */
  readonly otherDelaySeconds?: Readonly<Partial<Record<OtherMetric, number>>>;
}

/** What is published besides CPU: bytes received, and the share of memory that an agent reports. */
export type OtherMetric = 'network' | 'memory';

/** Bytes that an instance receives in a minute that it is busy. */
export const BUSY_MINUTE_BYTES = 60e6;
/** Share of memory that an idle instance uses, and what a busy one uses more. */
export const [IDLE_MEMORY, BUSY_MEMORY] = [0.2, 0.5];
/** What garbage adds from one minute to the next until it is collected, every five minutes. */
export const GARBAGE_MEMORY = 0.02;
const COLLECTED_MINUTES = 5;

/** "About two minutes", and "five to ten" with basic monitoring [doc]; the middle of it [a]. */
export const DETAILED: MonitoringRules = {
  sampleSeconds: 60,
  delaySeconds: 120,
  hasGroupMetrics: true,
};
export const BASIC: MonitoringRules = {
  sampleSeconds: 300,
  delaySeconds: 450,
  hasGroupMetrics: true,
};

/** What a group's instances used in one minute. */
export interface MeasuredMinute {
  /** Mean CPU of the instances in service, 0 to 1: no instance uses more than it has. */
  readonly utilization: number;
  readonly instances: number;
}

/** A period of a metric as it can be read at some time; it may be partial. */
export interface MetricPeriod {
  readonly startSeconds: number;
  /** Mean CPU over the samples, 0 to 1. */
  readonly utilization: number;
  /** Number of samples, over all instances. */
  readonly samples: number;
  /**
   * Mean number of instances in service over the minutes of which it can be read; null where there
   * is none, or the group does not publish it.
   */
  readonly instances: number | null;
}

/** The metrics of one group. */
export interface MetricLog {
  /** Adds the minute that begins at a time; minutes come in order, without a gap. */
  record(startSeconds: number, minute: MeasuredMinute): void;
  /** Periods that begin in the range and of which anything can be read now, oldest first. */
  read(query: MetricQuery): readonly MetricPeriod[];
  /**
   * The same of another metric: the sum of bytes, or the mean share of memory, over the minutes
   * that can be read.
   */
  readOther(metric: OtherMetric, query: MetricQuery): readonly OtherPeriod[];
}

export interface OtherPeriod {
  readonly startSeconds: number;
  readonly value: number;
}

export interface MetricQuery {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly periodSeconds: number;
  readonly nowSeconds: number;
}

const MINUTE = 60;

/**
 * Simulates the CPU metrics of a group. A period that is read before all of its samples are there
 * holds those that are: its mean and its number of samples change until it is complete.
 */
export function createMetricLog(rules: MonitoringRules, minutes: number): MetricLog {
  const utilization = new Float64Array(minutes);
  const instances = new Float64Array(minutes);
  let first = 0;
  let count = 0;

  const groupDelaySeconds = rules.groupDelaySeconds ?? rules.delaySeconds;

  function period(startSeconds: number, { periodSeconds, nowSeconds }: MetricQuery) {
    const from = Math.max(0, (startSeconds - first) / MINUTE);
    const end = Math.min(count, (startSeconds + periodSeconds - first) / MINUTE);
    const sampleMinutes = rules.sampleSeconds / MINUTE;
    let [sum, samples, inService, read] = [0, 0, 0, 0];
    // A sample covers whole minutes and is stored under the time at which they begin.
    for (let at = from; at < end; at += sampleMinutes) {
      const isThere = at + sampleMinutes <= count;
      const readableAt = first + (at + sampleMinutes) * MINUTE + rules.delaySeconds;
      if (!isThere || readableAt > nowSeconds) break;
      for (let minute = at; minute < at + sampleMinutes; minute++) {
        sum += (utilization[minute] * instances[minute]) / sampleMinutes;
        samples += instances[minute] / sampleMinutes;
        if (first + (minute + 1) * MINUTE + groupDelaySeconds > nowSeconds) continue;
        inService += instances[minute];
        read++;
      }
    }
    if (samples === 0) return null;
    return {
      startSeconds,
      utilization: sum / samples,
      samples,
      instances: rules.hasGroupMetrics && read > 0 ? inService / read : null,
    };
  }

  function otherValue(metric: OtherMetric, startSeconds: number, query: MetricQuery) {
    const { periodSeconds, nowSeconds } = query;
    const delaySeconds = rules.otherDelaySeconds?.[metric] ?? Infinity;
    const from = Math.max(0, (startSeconds - first) / MINUTE);
    const end = Math.min(count, (startSeconds + periodSeconds - first) / MINUTE);
    let [busy, all, garbage] = [0, 0, 0];
    for (let at = from; at < end; at++) {
      if (first + (at + 1) * MINUTE + delaySeconds > nowSeconds) break;
      busy += utilization[at] * instances[at];
      all += instances[at];
      garbage += (at % COLLECTED_MINUTES) * GARBAGE_MEMORY * instances[at];
    }
    if (all === 0) return null;
    return metric === 'network'
      ? busy * BUSY_MINUTE_BYTES
      : IDLE_MEMORY + (BUSY_MEMORY * busy + garbage) / all;
  }

  return {
    record(startSeconds, minute) {
      if (count === 0) first = startSeconds;
      utilization[count] = minute.utilization;
      instances[count] = minute.instances;
      count++;
    },
    read(query) {
      return startsOf(query).flatMap((startSeconds) => period(startSeconds, query) ?? []);
    },
    readOther(metric, query) {
      return startsOf(query).flatMap((startSeconds) => {
        const value = otherValue(metric, startSeconds, query);
        return value === null ? [] : [{ startSeconds, value }];
      });
    },
  };
}

/** Starts of the periods that begin in the range of a query. */
function startsOf({ fromSeconds, toSeconds, periodSeconds }: MetricQuery): readonly number[] {
  const start = Math.ceil(fromSeconds / periodSeconds) * periodSeconds;
  const length = Math.max(0, Math.ceil((toSeconds - start) / periodSeconds));
  return Array.from({ length }, (_, k) => start + k * periodSeconds);
}
