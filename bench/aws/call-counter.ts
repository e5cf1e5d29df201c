import { setTimeout as sleep } from 'node:timers/promises';

/** Calls of one kind during one run. */
export interface CallCount {
  calls: number;
  /** Most calls that were under way at the same time, and most that began within one second. */
  concurrent: number;
  perSecond: number;
  /** Capacity units, data points, bytes: whatever the service counts. */
  units: number;
}

export interface CallCounter {
  /** Waits as long as the service would take, and counts. */
  call(name: string, latencyMs: number, units?: number): Promise<void>;
  readonly counts: ReadonlyMap<string, CallCount>;
  reset(): void;
}

export function createCallCounter(): CallCounter {
  const counts = new Map<string, CallCount>();
  const underWay = new Map<string, number>();
  const seconds = new Map<string, number>();
  return {
    counts,
    async call(name, latencyMs, units = 0) {
      const count = counts.get(name) ?? { calls: 0, concurrent: 0, perSecond: 0, units: 0 };
      counts.set(name, count);
      count.calls++;
      count.units += units;
      const second = `${name} ${Math.floor(performance.now() / 1000)}`;
      seconds.set(second, (seconds.get(second) ?? 0) + 1);
      count.perSecond = Math.max(count.perSecond, seconds.get(second)!);
      const now = (underWay.get(name) ?? 0) + 1;
      underWay.set(name, now);
      count.concurrent = Math.max(count.concurrent, now);
      await sleep(latencyMs);
      underWay.set(name, underWay.get(name)! - 1);
    },
    reset() {
      counts.clear();
      seconds.clear();
    },
  };
}
