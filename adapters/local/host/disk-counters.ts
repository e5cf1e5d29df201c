import type { ByteCounters } from './byte-counters.ts';

/** The kernel counts sectors of 512 bytes for every device. */
const SECTOR_BYTES = 512;
/**
 * Memory disks, disk images and stacked devices. Their traffic is counted on the underlying disks,
 * or touches no disk.
 */
const VIRTUAL = /^(loop|ram|zram|dm-|md|sr|fd|nbd|drbd|bcache)/;

/**
 * Bytes read and written by whole physical disks, from /proc/diskstats
 * (Documentation/admin-guide/iostats.rst).
 */
export function parseDiskCounters(procDiskstats: string): ByteCounters {
  const counters = new Map<string, number>();
  for (const line of procDiskstats.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [name, read, written] = [fields[2], Number(fields[5]), Number(fields[9])];
    if (name === undefined || VIRTUAL.test(name) || Number.isNaN(read + written)) continue;
    counters.set(name, (read + written) * SECTOR_BYTES);
  }
  for (const name of [...counters.keys()]) if (isPartition(name, counters)) counters.delete(name);
  return counters;
}

/**
 * True if the name is a partition of a listed disk: sda1 of sda, nvme0n1p2 of nvme0n1. An xvda1
 * without xvda, as some clouds name it, is a disk.
 */
function isPartition(name: string, disks: ByteCounters): boolean {
  const afterDigit = /^(.*\d)p\d+$/.exec(name)?.[1];
  const afterLetter = /^(.*\D)\d+$/.exec(name)?.[1];
  return [afterDigit, afterLetter].some((disk) => disk !== undefined && disks.has(disk));
}
