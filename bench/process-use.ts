import { readFileSync } from 'node:fs';

const PAUSE_MS = 200;
/** Of /proc; the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;
const MIB = 2 ** 20;

/** What a process has used so far. */
export interface ProcessUse {
  readonly cpuSeconds: number;
  readonly peakMib: number;
  readonly residentMib: number;
}

/** Null where there is no such process any more; only on Linux. */
export function processUse(pid: number): ProcessUse | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // The name of the process stands in brackets and may have spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const kib = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? NaN);
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      peakMib: (kib('VmHWM') * 1024) / MIB,
      residentMib: (kib('VmRSS') * 1024) / MIB,
    };
  } catch {
    return null;
  }
}

/** Looks at a process until it ends; what it had used then, but for the last moment. */
export function watchProcess(pid: number): () => ProcessUse | null {
  let last: ProcessUse | null = null;
  const timer = setInterval(() => {
    const now = processUse(pid);
    // A process that has ended and is not waited for has no memory any more.
    if (now !== null && !Number.isNaN(now.peakMib)) last = now;
  }, PAUSE_MS);
  return () => {
    clearInterval(timer);
    return last;
  };
}
