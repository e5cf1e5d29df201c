/** Bytes of /proc/meminfo that could not be given to a new process: MemTotal − MemAvailable; null if they are not there. */
export function parseMemoryInUse(procMeminfo: string): number | null {
  const kibibytes = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(procMeminfo)?.[1] ?? NaN);
  const used = (kibibytes('MemTotal') - kibibytes('MemAvailable')) * 1024;
  return used >= 0 ? used : null;
}
