import { cpuSecondsSince } from './cpu-seconds.ts';

/**
 * What epochs took: by the clock, and the CPU time of all threads of the process, which other work
 * on the machine disturbs less.
 */
export interface Epochs {
  readonly milliseconds: readonly number[];
  readonly cpuMilliseconds: readonly number[];
  /** Mean loss of the last one. */
  readonly loss: number;
}

/** Lists that every timed piece of work is added to. */
export function createStopwatch() {
  const milliseconds: number[] = [];
  const cpuMilliseconds: number[] = [];
  const time = async <T>(work: () => Promise<T>): Promise<T> => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    const result = await work();
    milliseconds.push(performance.now() - start);
    cpuMilliseconds.push(1000 * cpuSecondsSince(used));
    return result;
  };
  return { milliseconds, cpuMilliseconds, time };
}
