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

export interface WorldOptions {
  readonly demand: DemandTrace;
  readonly group: Omit<AccountGroupOptions, 'startSeconds'>;
  readonly monitoring: MonitoringRules;
  /** Seconds after its end until an alarm sees a point: alarms judge points as they come. */
  readonly alarmDelaySeconds: number;
  /** The group's own policy; none where absent. */
  readonly policy?: (group: AccountGroup, alarmed: MetricLog) => GroupPolicy;
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
  const alarmed = createMetricLog(
    { ...monitoring, delaySeconds: Math.min(options.alarmDelaySeconds, monitoring.delaySeconds) },
    minutes,
  );
  const policy = options.policy?.(group, alarmed);
  const count = countService(objective);
  let [minute, held, changesBefore] = [0, 0, 0];

  return {
    group,
    metrics,
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
