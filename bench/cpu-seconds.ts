/**
 * CPU time of all threads of the process since `process.cpuUsage()` gave `started`: other work on
 * the machine disturbs it less than the clock.
 */
export function cpuSecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
