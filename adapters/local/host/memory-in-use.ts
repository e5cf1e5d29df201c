/**
 * Bytes that are not available to a new process, from /proc/meminfo: MemTotal − MemAvailable. Null
 * if the fields are missing.
 */
export function parseMemoryInUse(procMeminfo: string): number | null {
  const kibibytes = (name: string) =>
    Number(new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(procMeminfo)?.[1] ?? NaN);
  const used = (kibibytes('MemTotal') - kibibytes('MemAvailable')) * 1024;
  return used >= 0 ? used : null;
}
