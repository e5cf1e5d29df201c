import type {
  AccountInstance,
  LifecycleNotice,
  ScheduledAction,
  SimulatedType,
  SuspendableProcess,
} from './account-instance.ts';
import type { AccountGroup, AccountGroupOptions, GroupSizes } from './group-contract.ts';
import { HookWaits } from './hook-waits.ts';
import { LaunchLog } from './launch-log.ts';
import { Roster } from './roster.ts';
import { surplusInstance } from './surplus-instance.ts';
import { createWarmPool, type WarmPool } from './warm-pool.ts';

/**
 * Simulates a group. An instance serves once it has booted and no hook holds it. Surplus instances
 * are removed while the rest still has the desired units, starting ones first, the youngest first.
 * A refused launch is tried again at the next call of `advanceTo`.
 */
export function createAccountGroup(options: AccountGroupOptions): AccountGroup {
  return new SimulatedGroup(options);
}

class SimulatedGroup implements AccountGroup {
  readonly suspended = new Set<SuspendableProcess>();
  readonly scheduledActions: readonly ScheduledAction[];
  readonly hasWarmPool: boolean;
  sizes: GroupSizes;
  changes = 0;
  private readonly options: AccountGroupOptions;
  private readonly waits: HookWaits;
  private readonly roster: Roster;
  private readonly log = new LaunchLog();
  private readonly pool: WarmPool | undefined;
  private now: number;
  /** Capacity that a predictive policy asks for. */
  private predicted = 0;
  /** Number of instances that were made, and of scheduled actions that were due. */
  private made = 0;
  private due = 0;

  constructor(options: AccountGroupOptions) {
    this.options = options;
    this.sizes = options.sizes;
    this.now = options.startSeconds;
    this.waits = new HookWaits(options.hooks ?? []);
    this.roster = new Roster(this.waits, options.bootSeconds);
    const schedule = options.scheduledActions ?? [];
    this.scheduledActions = [...schedule].sort((a, b) => a.atSeconds - b.atSeconds);
    this.hasWarmPool = options.warmPool !== undefined;
    this.pool =
      options.warmPool &&
      createWarmPool({
        rules: options.warmPool,
        bootSeconds: options.bootSeconds,
        launch: () => (this.isRefused ? null : this.nextInstance()),
        waitIn: (instanceId, destination) =>
          this.waits.begin({
            transition: 'launching',
            instanceId,
            destination,
            atSeconds: this.now,
          }),
      });
    this.beginRunning();
  }

  get instances(): readonly AccountInstance[] {
    return this.roster.instances;
  }

  get warm(): readonly AccountInstance[] {
    return this.pool?.instances ?? [];
  }

  get hooks(): AccountGroup['hooks'] {
    return this.waits.hooks;
  }

  get launches(): AccountGroup['launches'] {
    return this.log.activities;
  }

  get serving(): AccountGroup['serving'] {
    return this.roster.serving;
  }

  get units(): number {
    return this.roster.units;
  }

  advanceTo(seconds: number): void {
    this.now = seconds;
    this.actOnSchedule();
    this.endWaits();
    if (this.serving.instances < this.instances.length) this.boot();
    this.reconcile();
  }

  update(change: Partial<GroupSizes>): void {
    const { sizes } = this;
    const [min, max] = [change.min ?? sizes.min, change.max ?? sizes.max];
    if (min > max) throw new RangeError(`minimum ${min} above maximum ${max}`);
    const { desired } = change;
    if (desired !== undefined && (desired < min || desired > max)) {
      throw new RangeError(`desired ${desired} outside of ${min} to ${max}`);
    }
    this.resize({ min, max, desired: desired ?? Math.min(max, Math.max(min, sizes.desired)) });
  }

  predict(units: number): void {
    const { sizes } = this;
    this.predicted = units;
    if (units > sizes.desired && sizes.desired < sizes.max) this.resize(sizes);
  }

  complete(id: string, hook: string, result: 'CONTINUE' | 'ABANDON' = 'CONTINUE'): boolean {
    const warm = this.warm.find((instance) => instance.id === id);
    if (this.pool && warm?.waiting?.hook === hook) {
      this.pool.endWait(id, result);
      this.pool.settle(this.now, this.sizes.desired);
      return true;
    }
    const instance = this.roster.find(id);
    if (instance?.waiting?.hook !== hook) return false;
    this.roster.endWait(instance, result);
    this.boot();
    this.reconcile();
    return true;
  }

  enterStandby(id: string, decrements: boolean): void {
    const { type } = this.roster.inState(id, 'InService');
    const desired = this.sizes.desired - (decrements ? type.weight : 0);
    if (desired < this.sizes.min) {
      throw new RangeError(`desired ${desired} below ${this.sizes.min}`);
    }
    this.roster.change(id, { state: 'Standby' });
    this.resize({ ...this.sizes, desired });
  }

  exitStandby(id: string): void {
    const { type } = this.roster.inState(id, 'Standby');
    const desired = this.sizes.desired + type.weight;
    if (desired > this.sizes.max) {
      throw new RangeError(`desired ${desired} above ${this.sizes.max}`);
    }
    this.roster.change(id, { state: 'Pending', bootedAtSeconds: this.now });
    this.boot();
    this.resize({ ...this.sizes, desired });
  }

  suspend(process: SuspendableProcess, isSuspended: boolean): void {
    if (isSuspended) this.suspended.add(process);
    else this.suspended.delete(process);
  }

  putHook(hook: AccountGroup['hooks'][number]): void {
    this.waits.put(hook);
  }

  deleteHook(name: string): void {
    this.waits.delete(name);
  }

  takeNotices(): readonly LifecycleNotice[] {
    return this.waits.takeNotices();
  }

  private boot(): void {
    for (const id of this.roster.boot(this.now)) this.log.end(id, this.now);
  }

  private get isRefused(): boolean {
    return this.options.isRefused?.(this.now) ?? false;
  }

  private get nextType(): SimulatedType {
    const { types } = this.options;
    return types[this.made % types.length];
  }

  private nextInstance(): Pick<AccountInstance, 'id' | 'type'> {
    const type = this.nextType;
    return { id: `i-${String(++this.made).padStart(17, '0')}`, type };
  }

  /** A simulation begins with a group that runs. */
  private beginRunning(): void {
    const { now } = this;
    while (this.units < this.sizes.desired) {
      const times = { launchedAtSeconds: now, bootedAtSeconds: now, servingSinceSeconds: now };
      this.roster.add({ ...this.nextInstance(), state: 'InService', waiting: null, ...times });
    }
  }

  /** Launches or removes instances until the group has what it wants. */
  private reconcile(): void {
    while (this.units < this.sizes.desired && !this.suspended.has('Launch')) {
      if (!this.launch()) break;
    }
    while (!this.suspended.has('Terminate')) {
      const surplus = surplusInstance(this.roster.staying, this.units - this.sizes.desired);
      if (!surplus) break;
      this.roster.terminate(surplus, this.now);
    }
    if (!this.suspended.has('Launch')) this.pool?.settle(this.now, this.sizes.desired);
  }

  /** @returns false if the provider refuses. */
  private launch(): boolean {
    const from = this.units;
    const warm = this.pool?.take(this.now) ?? null;
    const { weight } = warm?.type ?? this.nextType;
    const activity = { startSeconds: this.now, from, to: from + weight };
    if (warm === null && this.isRefused) {
      this.log.add({ ...activity, instanceId: null, endSeconds: this.now, refused: true });
      return false;
    }
    const instance = warm ?? this.roster.launched(this.nextInstance(), this.now);
    this.log.add({ ...activity, instanceId: instance.id, endSeconds: null, refused: false });
    this.roster.add(instance);
    return true;
  }

  private resize({ min, max, desired: asked }: GroupSizes): void {
    const desired = Math.max(asked, Math.min(max, this.predicted));
    if (desired !== this.sizes.desired) this.changes++;
    this.sizes = { min, max, desired };
    this.reconcile();
  }

  private actOnSchedule(): void {
    const { scheduledActions: actions } = this;
    for (; (actions[this.due]?.atSeconds ?? Infinity) <= this.now; this.due++) {
      if (this.suspended.has('ScheduledActions')) continue;
      const { min, max, desired } = { ...this.sizes, ...actions[this.due] };
      this.resize({ min, max, desired: Math.min(max, Math.max(min, desired)) });
    }
  }

  private endWaits(): void {
    for (const { id, waiting } of this.warm) {
      if (waiting === null || waiting.untilSeconds > this.now) continue;
      this.pool?.endWait(id, this.waits.defaultResult(waiting.hook));
    }
    for (const instance of this.instances) {
      const { waiting } = instance;
      if (waiting === null || waiting.untilSeconds > this.now) continue;
      this.roster.endWait(instance, this.waits.defaultResult(waiting.hook));
    }
  }
}
