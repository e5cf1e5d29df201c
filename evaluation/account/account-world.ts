import { createAccountGroup } from './account-group.ts';
import type { AccountGroup, AccountGroupOptions } from './group-contract.ts';
import { createMetricLog, type MetricLog, type MonitoringRules } from './metric-log.ts';
import { countService, type ServiceTally } from './service-tally.ts';
import type { GroupPolicy } from './tracking-policy.ts';

/** Demand of one application, in cores; NaN where the trace has no measurement. */
export interface DemandTrace {
  readonly startSeconds: number;
  readonly stepSeconds: number;
  readonly values: Float64Array;
}

/** What the application holds in memory beside its demand of CPU; nothing is lost of it. */
export interface HeldMemory {
  /** Bytes by step of the demand; NaN where the trace has no measurement. */
  readonly values: Float64Array;
  /** Bytes of one unit of the group's sizes. */
  readonly unitBytes: number;
}

export interface WorldOptions {
  readonly demand: DemandTrace;
  /** Where absent, memory is not measured. */
  readonly memory?: HeldMemory;
  readonly group: Omit<AccountGroupOptions, 'startSeconds'>;
  readonly monitoring: MonitoringRules;
  /** Seconds after its end until an alarm sees a point: alarms judge points as they come. */
  readonly alarmDelaySeconds: number;
  /** The group's own policy; none where absent. */
  readonly policy?: (
    group: AccountGroup,
    alarmed: MetricLog,
    alarmedMemory: MetricLog | null,
  ) => GroupPolicy;
  /** When the owner takes the policy away; never where absent. */
  readonly policyUntilSeconds?: number;
  /** See `countService`. */
  readonly objective: number;
  /** First step that counts. */
  readonly countedFromStep: number;
}

/** One group with its metrics and its policy, in simulated time. */
export interface AccountWorld {
  readonly group: AccountGroup;
  readonly metrics: MetricLog;
  /** The share of memory in use, as `metrics` has that of CPU; null where it is not measured. */
  readonly memoryMetrics: MetricLog | null;
  readonly startSeconds: number;
  readonly nowSeconds: number;
  /** True while the trace goes on. */
  readonly goesOn: boolean;
  /** Lets one minute pass: what is due happens, demand is served, the policy acts. */
  passMinute(): void;
  /** What was counted until now. */
  tally(): ServiceTally;
}

const MINUTE = 60;

/**
 * Closes the loop between demand, group, metrics and policy. Demand above the capacity in service is
 * lost: utilization ends at 100 %. A minute without a measurement of the trace has the demand of
 * the minute before, and does not count.
 */
export function createAccountWorld(options: WorldOptions): AccountWorld {
  const { demand, monitoring, objective, countedFromStep, policyUntilSeconds } = options;
  const { startSeconds, stepSeconds, values } = demand;
  const group = createAccountGroup({ ...options.group, startSeconds });
  const minutesPerStep = stepSeconds / MINUTE;
  const minutes = values.length * minutesPerStep;
  const metrics = createMetricLog(monitoring, minutes);
  const alarmed = createMetricLog(alarmRules(options), minutes);
  const memory = options.memory && measureMemory(options.memory, { options, minutes });
  const policy = options.policy?.(group, alarmed, memory?.alarmed ?? null);
  const count = countService(objective);
  let [minute, held, changesBefore] = [0, 0, 0];

  return {
    group,
    metrics,
    memoryMetrics: memory?.metrics ?? null,
    startSeconds,
    get nowSeconds() {
      return startSeconds + minute * MINUTE;
    },
    get goesOn() {
      return minute < minutes;
    },
    passMinute() {
      const now = startSeconds + minute * MINUTE;
      const step = Math.floor(minute / minutesPerStep);
      const wanted = values[step];
      if (!Number.isNaN(wanted)) held = wanted;
      const { serving } = group;
      const used = Math.min(held, serving.cores);
      const measured = {
        utilization: serving.cores === 0 ? 0 : used / serving.cores,
        instances: serving.instances,
      };
      metrics.record(now, measured);
      alarmed.record(now, measured);
      memory?.record(now, step, serving);
      if (step >= countedFromStep) count.minute(wanted, serving, group.instances.length);
      else changesBefore = group.changes;
      minute++;
      if (minute % minutesPerStep === 0 && step >= countedFromStep) count.endStep();
      // Whatever is changed from now on is changed at the end of this minute.
      group.advanceTo(now + MINUTE);
      if (now + MINUTE < (policyUntilSeconds ?? Infinity)) policy?.act(now + MINUTE);
    },
    tally: () => count.tally(group.changes - changesBefore),
  };
}

/** What alarms see comes earlier than what can be read. */
function alarmRules({ monitoring, alarmDelaySeconds }: WorldOptions): MonitoringRules {
  return { ...monitoring, delaySeconds: Math.min(alarmDelaySeconds, monitoring.delaySeconds) };
}

/** The metrics of memory; a minute without a measurement has the use of the minute before. */
function measureMemory(
  { values, unitBytes }: HeldMemory,
  { options, minutes }: { readonly options: WorldOptions; readonly minutes: number },
) {
  const metrics = createMetricLog(options.monitoring, minutes);
  const alarmed = createMetricLog(alarmRules(options), minutes);
  let held = 0;
  return {
    metrics,
    alarmed,
    record(now: number, step: number, { units, instances }: AccountGroup['serving']): void {
      const wanted = values[step];
      if (wanted !== undefined && !Number.isNaN(wanted)) held = wanted;
      const utilization = units === 0 ? 0 : Math.min(1, held / (units * unitBytes));
      metrics.record(now, { utilization, instances });
      alarmed.record(now, { utilization, instances });
    },
  };
}
