import type {
  AccountInstance,
  LaunchActivity,
  LifecycleNotice,
  ScheduledAction,
  SimulatedHook,
  SimulatedType,
  SuspendableProcess,
} from './account-instance.ts';
import type { WarmPoolRules } from './warm-pool.ts';

/** The sizes of a group, in units: instances where it has no weights. */
export interface GroupSizes {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

export interface AccountGroupOptions {
  readonly sizes: GroupSizes;
  /** Seconds from a launch until the instance can serve. */
  readonly bootSeconds: number;
  /** The n-th launch is of the n-th type, in turn. */
  readonly types: readonly SimulatedType[];
  readonly startSeconds: number;
  readonly hooks?: readonly SimulatedHook[];
  readonly scheduledActions?: readonly ScheduledAction[];
  readonly warmPool?: WarmPoolRules;
  /** Whether the provider refuses a launch at a time; never where absent. */
  readonly isRefused?: (atSeconds: number) => boolean;
}

/** An Auto Scaling group in simulated time. */
export interface AccountGroup {
  readonly sizes: GroupSizes;
  /** Instances that are not terminated, oldest first. */
  readonly instances: readonly AccountInstance[];
  /** Instances of its warm pool, which none of its sizes counts; empty without one. */
  readonly warm: readonly AccountInstance[];
  readonly hasWarmPool: boolean;
  readonly suspended: ReadonlySet<SuspendableProcess>;
  readonly hooks: readonly SimulatedHook[];
  /** The owner's, by time; those that have run included. */
  readonly scheduledActions: readonly ScheduledAction[];
  /** Newest last. */
  readonly launches: readonly LaunchActivity[];
  /** Changes of the desired capacity. */
  readonly changes: number;
  /** Cores, number and units of the instances in service. */
  readonly serving: {
    readonly cores: number;
    readonly instances: number;
    readonly units: number;
  };
  /** Units of the instances that are not being terminated. */
  readonly units: number;
  /** Lets everything happen that is due until a time, which never falls. */
  advanceTo(seconds: number): void;
  /**
   * Changes sizes as UpdateAutoScalingGroup does: a minimum above desired raises desired, a maximum
   * below it lowers it.
   * @throws RangeError if the minimum is above the maximum, or desired outside of both.
   */
  update(change: Partial<GroupSizes>): void;
  /**
   * Sets the capacity, in units, that a predictive policy forecasts: a minimum beside the group's
   * own, which ends at its maximum. `sizes.min` stays as it is.
   */
  predict(units: number): void;
  /** Ends the wait of an instance; false where it does not wait in that hook. */
  complete(instanceId: string, hook: string, result?: 'CONTINUE' | 'ABANDON'): boolean;
  /**
   * Takes an instance out of service, as EnterStandby does; without `decrements` the group launches
   * another in its place.
   * @throws RangeError if it does not serve, or if the desired capacity would be below the minimum.
   */
  enterStandby(instanceId: string, decrements: boolean): void;
  /**
   * Puts an instance back into service, as ExitStandby does, and raises the desired capacity by it.
   * @throws RangeError if it is not in standby, or if that would be above the maximum.
   */
  exitStandby(instanceId: string): void;
  suspend(process: SuspendableProcess, isSuspended: boolean): void;
  putHook(hook: SimulatedHook): void;
  deleteHook(name: string): void;
  /** Lifecycle notices since the last call. */
  takeNotices(): readonly LifecycleNotice[];
}
