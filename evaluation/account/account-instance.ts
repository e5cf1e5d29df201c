/** Where an instance of a simulated group stands; the names are those of Auto Scaling. */
export type LifecycleState =
  | 'Warmed:Pending'
  | 'Warmed:Pending:Wait'
  | 'Warmed:Stopped'
  | 'Pending'
  | 'Pending:Wait'
  | 'InService'
  | 'Standby'
  | 'Terminating:Wait'
  | 'Terminated';

/** A type of instances of a simulated group. */
export interface SimulatedType {
  readonly name: string;
  /** Cores of one instance. */
  readonly cores: number;
  /** Units of the group's sizes that one instance counts for; 1 without weights. */
  readonly weight: number;
}

export interface AccountInstance {
  readonly id: string;
  readonly type: SimulatedType;
  readonly launchedAtSeconds: number;
  readonly state: LifecycleState;
  /** When it can serve, whatever hook it waits in. */
  readonly bootedAtSeconds: number;
  /** The hook that it waits in, if it waits. */
  readonly waiting: WaitingAction | null;
  /** When it began to serve; null before. */
  readonly servingSinceSeconds: number | null;
}

/** A lifecycle action that waits for an answer. */
export interface WaitingAction {
  readonly hook: string;
  readonly token: string;
  readonly sinceSeconds: number;
  readonly untilSeconds: number;
}

/** A hook of a group. */
export interface SimulatedHook {
  readonly name: string;
  readonly transition: 'launching' | 'terminating';
  readonly heartbeatSeconds: number;
  readonly defaultResult: 'CONTINUE' | 'ABANDON';
}

/** Sizes that the owner changes at a time; absent ones stay. */
export interface ScheduledAction {
  readonly name: string;
  readonly atSeconds: number;
  readonly min?: number;
  readonly max?: number;
  readonly desired?: number;
}

/** Processes that an owner can suspend, as far as the simulation knows them. */
export type SuspendableProcess = 'Launch' | 'Terminate' | 'AlarmNotification' | 'ScheduledActions';

/** What an instance went through, as EventBridge tells it. */
export interface LifecycleNotice {
  readonly transition: SimulatedHook['transition'];
  readonly instanceId: string;
  readonly hook: string;
  readonly token: string;
  readonly atSeconds: number;
  /** Where it goes on to. */
  readonly destination: 'AutoScalingGroup' | 'WarmPool' | 'EC2';
}

/** A launch that succeeded or was refused, as DescribeScalingActivities tells it. */
export interface LaunchActivity {
  readonly instanceId: string | null;
  readonly startSeconds: number;
  /** Null while it goes on. */
  readonly endSeconds: number | null;
  readonly refused: boolean;
  /** Capacity of the group, in units, before and after. */
  readonly from: number;
  readonly to: number;
}
