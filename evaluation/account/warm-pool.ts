import type {
  AccountInstance,
  LifecycleNotice,
  SimulatedType,
  WaitingAction,
} from './account-instance.ts';

export interface WarmPoolRules {
  /** Least units in the pool. */
  readonly minSize: number;
  /** Units that the group and its pool have together; the pool fills up to it. */
  readonly preparedUnits: number;
  /** Seconds from its way out of the pool until an instance can serve. */
  readonly startSeconds: number;
}

export interface WarmPoolParts {
  readonly rules: WarmPoolRules;
  /** Seconds from a launch until an instance is prepared. */
  readonly bootSeconds: number;
  /** Makes an instance that is launched now; null where the provider refuses. */
  readonly launch: (
    nowSeconds: number,
  ) => { readonly id: string; readonly type: SimulatedType } | null;
  /** Lets an instance wait in the launching hook; null where the group has none. */
  readonly waitIn: (
    instanceId: string,
    destination: LifecycleNotice['destination'],
  ) => WaitingAction | null;
}

/** Prepared instances of a group, which its sizes do not count. */
export interface WarmPool {
  /** Oldest first. */
  readonly instances: readonly AccountInstance[];
  /** Takes a prepared instance out; null where none is. */
  take(nowSeconds: number): AccountInstance | null;
  /** Lets what has booted be prepared, and launches or removes up to the pool's size. */
  settle(nowSeconds: number, desiredUnits: number): void;
  /** Ends the wait of an instance; ABANDON terminates it. */
  endWait(instanceId: string, result: 'CONTINUE' | 'ABANDON'): void;
}

/**
 * A warm pool: an instance boots in it, passes the launching hook on its way in and again on its way
 * out, and is stopped between both [doc]. Instances of a group that scales in are terminated, and
 * new ones are prepared in their place.
 */
export function createWarmPool({ rules, bootSeconds, launch, waitIn }: WarmPoolParts): WarmPool {
  let instances: AccountInstance[] = [];
  const units = () => instances.reduce((sum, { type }) => sum + type.weight, 0);

  const replace = (id: string, change: Partial<AccountInstance> | null): void => {
    instances = instances.flatMap((instance) => {
      if (instance.id !== id) return [instance];
      return change === null ? [] : [{ ...instance, ...change }];
    });
  };

  return {
    get instances() {
      return instances;
    },
    take(nowSeconds) {
      const prepared = instances.find(({ state }) => state === 'Warmed:Stopped');
      if (!prepared) return null;
      replace(prepared.id, null);
      const waiting = waitIn(prepared.id, 'AutoScalingGroup');
      return {
        ...prepared,
        state: waiting === null ? 'Pending' : 'Pending:Wait',
        waiting,
        launchedAtSeconds: nowSeconds,
        bootedAtSeconds: nowSeconds + rules.startSeconds,
      };
    },
    settle(nowSeconds, desiredUnits) {
      for (const { id, state, bootedAtSeconds } of instances) {
        if (state === 'Warmed:Pending' && bootedAtSeconds <= nowSeconds) {
          replace(id, { state: 'Warmed:Stopped' });
        }
      }
      const size = Math.max(rules.minSize, rules.preparedUnits - desiredUnits);
      while (units() < size) {
        const launched = launch(nowSeconds);
        if (launched === null) break;
        const waiting = waitIn(launched.id, 'WarmPool');
        instances.push({
          ...launched,
          state: waiting === null ? 'Warmed:Pending' : 'Warmed:Pending:Wait',
          waiting,
          launchedAtSeconds: nowSeconds,
          bootedAtSeconds: nowSeconds + bootSeconds,
          servingSinceSeconds: null,
        });
      }
      for (let last = instances.at(-1); last; last = instances.at(-1)) {
        if (units() - last.type.weight < size) break;
        replace(last.id, null);
      }
    },
    endWait(instanceId, result) {
      replace(
        instanceId,
        result === 'CONTINUE' ? { state: 'Warmed:Pending', waiting: null } : null,
      );
    },
  };
}
