import type { AccountInstance } from './account-instance.ts';
import type { AccountGroup } from './group-contract.ts';
import type { HookWaits } from './hook-waits.ts';
import { servingOf } from './serving-of.ts';

const TERMINATED = { state: 'Terminated' } as const;

/** The instances of a group that are not terminated, oldest first, and their ways through hooks. */
export class Roster {
  instances: readonly AccountInstance[] = [];
  serving: AccountGroup['serving'] = servingOf([]);
  private readonly waits: HookWaits;
  private readonly bootSeconds: number;

  constructor(waits: HookWaits, bootSeconds: number) {
    this.waits = waits;
    this.bootSeconds = bootSeconds;
  }

  /** Those that the group's capacity counts. */
  get staying(): readonly AccountInstance[] {
    return this.instances.filter(
      ({ state }) => state !== 'Terminating:Wait' && state !== 'Standby',
    );
  }

  get units(): number {
    return this.staying.reduce((sum, { type }) => sum + type.weight, 0);
  }

  add(instance: AccountInstance): void {
    this.set([...this.instances, instance]);
  }

  /** Changes an instance; one that is terminated is forgotten. */
  change(id: string, change: Partial<AccountInstance>): void {
    const changed = this.instances.map((instance) =>
      instance.id === id ? { ...instance, ...change } : instance,
    );
    this.set(changed.filter(({ state }) => state !== 'Terminated'));
  }

  find(id: string): AccountInstance | undefined {
    return this.instances.find((instance) => instance.id === id);
  }

  /** @throws RangeError if the instance is not in that state. */
  inState(id: string, state: AccountInstance['state']): AccountInstance {
    const instance = this.find(id);
    if (instance?.state !== state) throw new RangeError(`${id} is not ${state}`);
    return instance;
  }

  /** An instance whose launch begins; it is not in the group before `add`. */
  launched(next: Pick<AccountInstance, 'id' | 'type'>, atSeconds: number): AccountInstance {
    const waiting = this.waits.begin({
      transition: 'launching',
      instanceId: next.id,
      destination: 'AutoScalingGroup',
      atSeconds,
    });
    return {
      ...next,
      state: waiting === null ? 'Pending' : 'Pending:Wait',
      waiting,
      launchedAtSeconds: atSeconds,
      bootedAtSeconds: atSeconds + this.bootSeconds,
      servingSinceSeconds: null,
    };
  }

  /** Serves what has booted. Returns the ids of these instances. */
  boot(atSeconds: number): readonly string[] {
    const booted = this.instances.filter(
      ({ state, bootedAtSeconds }) => state === 'Pending' && bootedAtSeconds <= atSeconds,
    );
    for (const { id } of booted) {
      this.change(id, { state: 'InService', waiting: null, servingSinceSeconds: atSeconds });
    }
    return booted.map(({ id }) => id);
  }

  /** Only an instance in service passes the terminating hook. */
  terminate({ id, state }: AccountInstance, atSeconds: number): void {
    const waiting =
      state === 'InService'
        ? this.waits.begin({
            transition: 'terminating',
            instanceId: id,
            destination: 'EC2',
            atSeconds,
          })
        : null;
    const change = waiting ? ({ state: 'Terminating:Wait', waiting } as const) : TERMINATED;
    this.change(id, change);
  }

  endWait({ id, state }: AccountInstance, result: 'CONTINUE' | 'ABANDON'): void {
    const goesOn = state === 'Pending:Wait' && result === 'CONTINUE';
    this.change(id, goesOn ? { state: 'Pending', waiting: null } : TERMINATED);
  }

  private set(instances: readonly AccountInstance[]): void {
    this.instances = instances;
    this.serving = servingOf(instances);
  }
}
