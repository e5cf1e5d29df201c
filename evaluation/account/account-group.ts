import type {
  AccountInstance,
  LaunchActivity,
  LifecycleNotice,
  SimulatedHook,
  SuspendableProcess,
} from './account-instance.ts';
import type { AccountGroup, AccountGroupOptions, GroupSizes } from './group-contract.ts';
import { servingOf } from './serving-of.ts';
import { surplusInstance } from './surplus-instance.ts';
import { createWarmPool } from './warm-pool.ts';

/** Activities that are kept; the service keeps six weeks of them. */
const KEPT_LAUNCHES = 200;

/**
 * Simulates a group. An instance serves once it has booted and no hook holds it. Surplus instances
 * are removed while the rest still has the desired units, starting ones first, the youngest first.
 * A refused launch is tried again at the next call of `advanceTo`.
 */
export function createAccountGroup(options: AccountGroupOptions): AccountGroup {
  const { bootSeconds, types, startSeconds, isRefused = () => false } = options;
  const hooks = new Map((options.hooks ?? []).map((hook) => [hook.name, hook]));
  const schedule = [...(options.scheduledActions ?? [])].sort((a, b) => a.atSeconds - b.atSeconds);
  const suspended = new Set<SuspendableProcess>();
  let now = startSeconds;
  let sizes = options.sizes;
  let instances: AccountInstance[] = [];
  let launches: LaunchActivity[] = [];
  let notices: LifecycleNotice[] = [];
  let [launched, tokens, changes, scheduled] = [0, 0, 0, 0];
  let serving = servingOf([]);
  let predicted = 0;

  const replace = (id: string, change: Partial<AccountInstance>): void => {
    instances = instances
      .map((instance) => (instance.id === id ? { ...instance, ...change } : instance))
      .filter(({ state }) => state !== 'Terminated');
    serving = servingOf(instances);
  };
  const staying = () =>
    instances.filter(({ state }) => state !== 'Terminating:Wait' && state !== 'Standby');
  const units = () => staying().reduce((sum, { type }) => sum + type.weight, 0);

  function waitIn(
    transition: SimulatedHook['transition'],
    instanceId: string,
    destination: LifecycleNotice['destination'],
  ) {
    const hook = [...hooks.values()].find((candidate) => candidate.transition === transition);
    if (!hook) return null;
    const token = `token-${++tokens}`;
    notices.push({ transition, instanceId, hook: hook.name, token, atSeconds: now, destination });
    return {
      hook: hook.name,
      token,
      sinceSeconds: now,
      untilSeconds: now + hook.heartbeatSeconds,
    };
  }

  function nextInstance() {
    const type = types[launched % types.length];
    return { id: `i-${String(++launched).padStart(17, '0')}`, type };
  }

  const pool =
    options.warmPool &&
    createWarmPool({
      rules: options.warmPool,
      bootSeconds,
      launch: (nowSeconds) => (isRefused(nowSeconds) ? null : nextInstance()),
      waitIn: (id, destination) => waitIn('launching', id, destination),
    });

  /** @returns false if the provider refuses. */
  function launch(): boolean {
    const from = units();
    const warm = pool?.take(now) ?? null;
    const { weight } = warm?.type ?? types[launched % types.length];
    const activity = { startSeconds: now, from, to: from + weight };
    if (warm === null && isRefused(now)) {
      note({ ...activity, instanceId: null, endSeconds: now, refused: true });
      return false;
    }
    const instance = warm ?? launchedInstance();
    note({ ...activity, instanceId: instance.id, endSeconds: null, refused: false });
    instances.push(instance);
    return true;
  }

  function launchedInstance(): AccountInstance {
    const next = nextInstance();
    const waiting = waitIn('launching', next.id, 'AutoScalingGroup');
    const state = waiting === null ? 'Pending' : 'Pending:Wait';
    const bootedAtSeconds = now + bootSeconds;
    const times = { launchedAtSeconds: now, bootedAtSeconds, servingSinceSeconds: null };
    return { ...next, state, waiting, ...times };
  }

  function note(activity: LaunchActivity): void {
    launches = [...launches, activity].slice(-KEPT_LAUNCHES);
  }

  function serve(instance: AccountInstance, atSeconds: number): void {
    replace(instance.id, { state: 'InService', waiting: null, servingSinceSeconds: atSeconds });
    launches = launches.map((activity) =>
      activity.instanceId === instance.id && activity.endSeconds === null
        ? { ...activity, endSeconds: atSeconds }
        : activity,
    );
  }

  function terminate(instance: AccountInstance): void {
    const waiting =
      instance.state === 'InService' ? waitIn('terminating', instance.id, 'EC2') : null;
    replace(
      instance.id,
      waiting ? { state: 'Terminating:Wait', waiting } : { state: 'Terminated' },
    );
  }

  function endWait(instance: AccountInstance, result: 'CONTINUE' | 'ABANDON'): void {
    const isLaunching = instance.state === 'Pending:Wait';
    if (!isLaunching || result === 'ABANDON') replace(instance.id, { state: 'Terminated' });
    else replace(instance.id, { state: 'Pending', waiting: null });
  }

  /** Launches or removes instances until the group has what it wants. */
  function reconcile(): void {
    while (units() < sizes.desired && !suspended.has('Launch')) {
      if (!launch()) break;
    }
    while (!suspended.has('Terminate')) {
      const surplus = surplusInstance(staying(), units() - sizes.desired);
      if (!surplus) break;
      terminate(surplus);
    }
    if (!suspended.has('Launch')) pool?.settle(now, sizes.desired);
  }

  function resize({ min, max, desired: asked }: GroupSizes): void {
    const desired = Math.max(asked, Math.min(max, predicted));
    if (desired !== sizes.desired) changes++;
    sizes = { min, max, desired };
    reconcile();
  }

  function update(change: Partial<GroupSizes>): void {
    const [min, max] = [change.min ?? sizes.min, change.max ?? sizes.max];
    if (min > max) throw new RangeError(`minimum ${min} above maximum ${max}`);
    const { desired } = change;
    if (desired !== undefined && (desired < min || desired > max)) {
      throw new RangeError(`desired ${desired} outside of ${min} to ${max}`);
    }
    resize({ min, max, desired: desired ?? Math.min(max, Math.max(min, sizes.desired)) });
  }

  function actOnSchedule(): void {
    for (; (schedule[scheduled]?.atSeconds ?? Infinity) <= now; scheduled++) {
      if (suspended.has('ScheduledActions')) continue;
      const { min = sizes.min, max = sizes.max, desired = sizes.desired } = schedule[scheduled];
      resize({ min, max, desired: Math.min(max, Math.max(min, desired)) });
    }
  }

  function endWaits(): void {
    for (const { id, waiting } of pool?.instances ?? []) {
      if (waiting === null || waiting.untilSeconds > now) continue;
      pool?.endWait(id, hooks.get(waiting.hook)?.defaultResult ?? 'ABANDON');
    }
    for (const instance of instances) {
      const { waiting } = instance;
      if (waiting === null || waiting.untilSeconds > now) continue;
      endWait(instance, hooks.get(waiting.hook)?.defaultResult ?? 'ABANDON');
    }
  }

  function boot(): void {
    for (const instance of instances) {
      if (instance.state === 'Pending' && instance.bootedAtSeconds <= now) serve(instance, now);
    }
  }

  function inState(instanceId: string, state: AccountInstance['state']): AccountInstance {
    const instance = instances.find(({ id }) => id === instanceId);
    if (instance?.state !== state) throw new RangeError(`${instanceId} is not ${state}`);
    return instance;
  }

  // A simulation begins with a group that runs.
  while (units() < sizes.desired) {
    const { id, type } = nextInstance();
    const times = { launchedAtSeconds: now, bootedAtSeconds: now, servingSinceSeconds: now };
    instances.push({ id, type, state: 'InService', waiting: null, ...times });
  }
  serving = servingOf(instances);

  return {
    get sizes() {
      return sizes;
    },
    get instances() {
      return instances;
    },
    get warm() {
      return pool?.instances ?? [];
    },
    hasWarmPool: pool !== undefined,
    suspended,
    get hooks() {
      return [...hooks.values()];
    },
    scheduledActions: schedule,
    get launches() {
      return launches;
    },
    get changes() {
      return changes;
    },
    get serving() {
      return serving;
    },
    get units() {
      return units();
    },
    advanceTo(seconds) {
      now = seconds;
      actOnSchedule();
      endWaits();
      if (serving.instances < instances.length) boot();
      reconcile();
    },
    update,
    predict(units) {
      predicted = units;
      if (units > sizes.desired && sizes.desired < sizes.max) resize(sizes);
    },
    complete(instanceId, hook, result = 'CONTINUE') {
      const warm = pool?.instances.find(({ id }) => id === instanceId);
      if (pool && warm?.waiting?.hook === hook) {
        pool.endWait(instanceId, result);
        pool.settle(now, sizes.desired);
        return true;
      }
      const instance = instances.find(({ id }) => id === instanceId);
      if (instance?.waiting?.hook !== hook) return false;
      endWait(instance, result);
      boot();
      reconcile();
      return true;
    },
    enterStandby(instanceId, decrements) {
      const { type } = inState(instanceId, 'InService');
      const desired = sizes.desired - (decrements ? type.weight : 0);
      if (desired < sizes.min) throw new RangeError(`desired ${desired} below ${sizes.min}`);
      replace(instanceId, { state: 'Standby' });
      resize({ ...sizes, desired });
    },
    exitStandby(instanceId) {
      const { type } = inState(instanceId, 'Standby');
      const desired = sizes.desired + type.weight;
      if (desired > sizes.max) throw new RangeError(`desired ${desired} above ${sizes.max}`);
      replace(instanceId, { state: 'Pending', bootedAtSeconds: now });
      boot();
      resize({ ...sizes, desired });
    },
    suspend(process, isSuspended) {
      if (isSuspended) suspended.add(process);
      else suspended.delete(process);
    },
    putHook: (hook) => void hooks.set(hook.name, hook),
    deleteHook: (name) => void hooks.delete(name),
    takeNotices() {
      const taken = notices;
      notices = [];
      return taken;
    },
  };
}
