import type { Footprint } from '#core/domain/footprint.ts';
import type { Clock } from '#core/domain/ports.ts';
import { bytesMoved, type ByteCounters } from './byte-counters.ts';
import { coresInUse, parseCpuCounters, type CpuCounters } from './cpu-counters.ts';
import { parseDiskCounters } from './disk-counters.ts';
import { parseMemoryInUse } from './memory-in-use.ts';
import { parseNetworkCounters } from './network-counters.ts';

/** All counters of this host at one instant. Usage is the difference of two samples. */
export interface HostSample {
  readonly atSeconds: number;
  /** Seconds since boot. Unlike the clock it is never adjusted. */
  readonly uptimeSeconds: number;
  readonly cpu: CpuCounters | null;
  readonly memoryBytes: number | null;
  readonly disk: ByteCounters;
  readonly network: ByteCounters;
}

/** Reads a file in /proc as text, null if it does not exist. */
export type ReadProc = (path: string) => Promise<string | null>;

/** This host has no counters: it does not run Linux, or /proc is not mounted. */
export class HostNotReadable extends Error {
  constructor(platform: string) {
    super(`this host cannot be recorded: /proc is needed, as on Linux (platform: ${platform})`);
    this.name = 'HostNotReadable';
  }
}

/**
 * Reads the counters of this host. Missing files or fields count as "not measured".
 * @throws HostNotReadable if there is no /proc/uptime.
 */
export async function sampleHost(readProc: ReadProc, clock: Clock): Promise<HostSample> {
  const [uptime, stat, meminfo, diskstats, netDev] = await Promise.all(
    ['uptime', 'stat', 'meminfo', 'diskstats', 'net/dev'].map((name) => readProc(`/proc/${name}`)),
  );
  const uptimeSeconds = Number.parseFloat(uptime ?? '');
  if (Number.isNaN(uptimeSeconds)) throw new HostNotReadable(process.platform);
  return {
    atSeconds: clock.nowSeconds(),
    uptimeSeconds,
    cpu: parseCpuCounters(stat ?? ''),
    memoryBytes: parseMemoryInUse(meminfo ?? ''),
    disk: parseDiskCounters(diskstats ?? ''),
    network: parseNetworkCounters(netDev ?? ''),
  };
}

/** Mean usage between two samples; all null if the host was rebooted in between. */
export function usageBetween(before: HostSample, after: HostSample): Footprint {
  const elapsed = after.uptimeSeconds - before.uptimeSeconds;
  if (!(elapsed > 0)) return { cpu: null, memory: null, disk: null, network: null };
  const perSecond = (bytes: number | null) => (bytes === null ? null : bytes / elapsed);
  return {
    cpu: before.cpu && after.cpu && coresInUse(before.cpu, after.cpu),
    memory: after.memoryBytes,
    disk: perSecond(bytesMoved(before.disk, after.disk)),
    network: perSecond(bytesMoved(before.network, after.network)),
  };
}
