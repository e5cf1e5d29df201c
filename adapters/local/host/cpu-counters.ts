/** Time counters of all processors, in clock ticks since boot. */
export interface CpuCounters {
  readonly processors: number;
  /** User, nice, system and interrupt time: the time in which this host computed. */
  readonly busyTicks: number;
  /** All time, including idle, I/O wait and stolen time. */
  readonly totalTicks: number;
}

/**
 * Parses /proc/stat (proc(5)), null if the text has another format. Guest time is part of user time
 * and not added twice.
 */
export function parseCpuCounters(procStat: string): CpuCounters | null {
  const fields = /^cpu +(.+)$/m.exec(procStat)?.[1]?.trim().split(/ +/).map(Number);
  const processors = procStat.match(/^cpu\d+ /gm)?.length ?? 0;
  if (!fields || fields.length < 4 || processors === 0 || fields.some(Number.isNaN)) return null;
  const [user = 0, nice = 0, system = 0, idle = 0, wait = 0, irq = 0, softIrq = 0, steal = 0] =
    fields;
  const busyTicks = user + nice + system + irq + softIrq;
  return { processors, busyTicks, totalTicks: busyTicks + idle + wait + steal };
}

/**
 * Mean number of cores in use between two readings, null if a counter decreased or no time elapsed.
 */
export function coresInUse(before: CpuCounters, after: CpuCounters): number | null {
  const busy = after.busyTicks - before.busyTicks;
  const total = after.totalTicks - before.totalTicks;
  // The ratio of ticks does not depend on the length of a tick.
  return busy >= 0 && total > 0 && busy <= total ? (busy / total) * after.processors : null;
}
